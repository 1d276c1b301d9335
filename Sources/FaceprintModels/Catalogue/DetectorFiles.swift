import FaceprintFiles

/// The networks that find faces, where `faceprint model fetch` puts them. They are small, so each use checks them.
public struct DetectorFiles: Sendable {
    /// Where YuNet's ONNX file comes to lie.
    let yunetPath: String

    public init(folder: DataFolder = DataFolder()) { yunetPath = folder.path + "/detectors/yunet.onnx" }

    /// YuNet's ONNX file.
    ///
    /// - Throws: ``ModelError/noDetector(name:)``, or ``ModelError/checksumMismatch(path:expected:found:)``.
    public func yunet() throws(ModelError) -> String {
        guard let found = try? File.sha256(of: yunetPath) else { throw .noDetector(name: "yunet") }
        let expected = VerifyFacePackage().yunetSHA256
        guard found == expected else { throw .checksumMismatch(path: yunetPath, expected: expected, found: found) }
        return yunetPath
    }
}
