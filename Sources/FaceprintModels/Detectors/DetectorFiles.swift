import FaceprintFiles

/// The files of the face detectors' networks in the data folder, where `faceprint model fetch` puts them.
public struct DetectorFiles: Hashable, Sendable {
    private let folder: DataFolder

    public init(folder: DataFolder = DataFolder()) { self.folder = folder }

    /// The path of YuNet's ONNX file.
    ///
    /// - Throws: ``ModelError/unusableDetector(path:reason:)`` when the file is missing or not the one that is known.
    public func yunet() throws(ModelError) -> String {
        try check([PythonPackage.yuNet])
        return folder.yunet
    }

    /// The folder of MTCNN's three networks: `pnet.onnx`, `rnet.onnx` and `onet.onnx`.
    ///
    /// - Throws: ``ModelError/unusableDetector(path:reason:)`` when one is missing or not the one that is known.
    public func mtcnn() throws(ModelError) -> String {
        try check(PythonPackage.mtcnnNetworks)
        return folder.mtcnn
    }

    private func check(_ items: [PythonPackage.Item]) throws(ModelError) {
        for item in items {
            let path = "\(folder.path)/\(item.target)"
            let found: String
            do {
                found = try File.sha256(of: path)
            } catch .missing {
                throw .unusableDetector(path: path, reason: "is not here")
            } catch {
                throw .file(error)
            }
            if found != item.sha256 { throw .unusableDetector(path: path, reason: "is damaged or another one") }
        }
    }
}
