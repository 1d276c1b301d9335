import Foundation

/// The one folder that everything fetched or made lands in; copy it to set up a machine without a network.
///
/// `$FACEPRINT_HOME`, or `$XDG_DATA_HOME/faceprint`, or `~/.local/share/faceprint`.
public struct DataFolder: Hashable, Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// The folder that the environment names.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        if let home = environment["FACEPRINT_HOME"], !home.isEmpty {
            path = home
        } else if let data = environment["XDG_DATA_HOME"], !data.isEmpty {
            path = data + "/faceprint"
        } else {
            path = (environment["HOME"] ?? "") + "/.local/share/faceprint"
        }
    }

    /// Models, a folder each.
    public var models: String { path + "/models" }
    /// Weights in the form in which they were fetched.
    public var sources: String { path + "/sources" }
    /// The network of the face detector YuNet.
    public var yunet: String { path + "/detectors/yunet.onnx" }
    /// The folder of the three networks of the face detector MTCNN.
    public var mtcnn: String { path + "/detectors/mtcnn" }
    /// What OpenVINO compiled, to start faster the next time. May be removed.
    public var cache: String { path + "/cache" }
    /// Faces cut out of photos for training. May be removed.
    public var faces: String { path + "/faces" }
    /// What frozen layers gave for faces in training. May be removed.
    public var features: String { path + "/features" }
    /// Training runs, a folder each.
    public var runs: String { path + "/runs" }
    /// Photos to try things on.
    public var samples: String { path + "/samples" }
    /// The gallery that commands use unless told otherwise.
    public var gallery: String { path + "/gallery.sqlite" }
}

extension DataFolder {
    /// Makes the folder, for its owner alone, where there is none.
    public func make() throws(FileError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .unwritable(path: path, reason: error.localizedDescription)
        }
    }
}
