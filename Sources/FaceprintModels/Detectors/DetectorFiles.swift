import FaceprintFiles

/// The files of the face detectors' networks in the data folder, where `faceprint model fetch` puts them.
public struct DetectorFiles: Hashable, Sendable {
    private let folder: DataFolder

    public init(folder: DataFolder = DataFolder()) { self.folder = folder }

    /// The path of YuNet's ONNX file.
    ///
    /// - Throws: ``ModelError/unusableDetector(path:reason:)`` when the file is missing or not the one that is known.
    public func yunet() throws(ModelError) -> String {
        try check(folder.yunet, sha256: Self.yunetSHA256)
        return folder.yunet
    }

    /// The folder of MTCNN's three networks: `pnet.onnx`, `rnet.onnx` and `onet.onnx`.
    ///
    /// - Throws: ``ModelError/unusableDetector(path:reason:)`` when one is missing or not the one that is known.
    public func mtcnn() throws(ModelError) -> String {
        for item in PythonPackage.mtcnnNetworks { try check("\(folder.path)/\(item.target)", sha256: item.sha256) }
        return folder.mtcnn
    }

    /// Makes YuNet's file from the one that was fetched, unless it is there and whole.
    ///
    /// Its weights are dequantised here once. OpenVINO would do it too, but where it prepares a network for several runs
    /// at once, its threads now and then spoil each other's weights, and then no face is found at all.
    func makeYuNet() throws(ModelError) {
        if (try? yunet()) != nil { return }
        let source = "\(folder.path)/\(PythonPackage.yuNet.target)"
        let bytes: [UInt8]
        do { bytes = try File.read(source, limit: 1 << 24) } catch { throw .file(error) }
        let folded = try ONNXFolding.folded(bytes, path: source)
        do { try File.write(folded, to: folder.yunet) } catch { throw .file(error) }
    }

    private static let yunetSHA256 = "96dbc4029de3bd71ab314c7a33cc31e9d7488e1b8f9a8f43bd0be4f09028baa9"

    private func check(_ path: String, sha256: String?) throws(ModelError) {
        let found: String
        do {
            found = try File.sha256(of: path)
        } catch .missing {
            throw .unusableDetector(path: path, reason: "is not here")
        } catch {
            throw .file(error)
        }
        if found != sha256 { throw .unusableDetector(path: path, reason: "is damaged or another one") }
    }
}
