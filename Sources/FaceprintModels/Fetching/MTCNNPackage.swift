extension PythonPackage {
    /// The package that carries the three networks of the detector MTCNN (Zhang et al., 2016).
    static let mtcnn = PythonPackage(
        name: "mtcnn-runtime", version: "1.0.0",
        sha256: "7e6923b9f48b4ae569eb6e1b234b20a42a7f3081797cb351c55db9d528a3f346", form: .wheel, megabytes: 2,
        items: mtcnnNetworks)

    static let mtcnnNetworks = [
        network("pnet", sha256: "4b2f1dc55be37d8f73d08cd4038c723d12b9fa90fceb7fa5a4461c4353fb87c5"),
        network("rnet", sha256: "3d8bed44df8fde6bf359806e8ff06f30dda2a9d63cf57aaff8a835d49edcbaee"),
        network("onet", sha256: "a42f0cbde62f8032ccc3299fd989a9909c8b185a72a360e247c6f953af366efd"),
    ]

    private static func network(_ name: String, sha256: String) -> Item {
        Item(inside: "mtcnnruntime/weights/\(name).onnx", target: "detectors/mtcnn/\(name).onnx", sha256: sha256)
    }
}
