import Faceprint
import FaceprintFiles

/// What the frozen first layers of a network gave for photos, kept in a folder: the next run with the same photos and
/// layers finds it there, whatever its learning rate or loss.
public struct FeatureCache: Sendable {
    private let folder: String

    /// - Parameter folder: Is made when it is missing.
    /// - Throws: `FileError` when it can't be made.
    public init(folder: String) throws(FileError) {
        self.folder = folder
        try DataFolder(path: folder).make()
    }

    /// A name for what a network gives for some inputs.
    ///
    /// - Parameter network: What stands for the network and how it computes.
    static func name(_ inputs: ArraySlice<Float>, by network: String) -> String {
        let photo = inputs.withUnsafeBytes { SHA256.hex(of: $0) }
        return Array("\(network) \(photo)".utf8).withUnsafeBytes { SHA256.hex(of: $0) }
    }

    /// - Returns: nil where there are none, or not so many.
    func features(_ name: String, count: Int) -> [Float]? {
        let size = count * MemoryLayout<Float>.stride
        guard let bytes = try? File.read(path(name), limit: size), bytes.count == size else { return nil }
        let features = bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        return features.allSatisfy(\.isFinite) ? features : nil
    }

    func keep(_ features: ArraySlice<Float>, as name: String) throws(FileError) {
        try File.write(features.withUnsafeBytes { Array($0) }, to: path(name))
    }

    private func path(_ name: String) -> String { "\(folder)/\(name).f32" }
}
