import FaceprintFiles
import Foundation

/// Where a server listens for commands of this machine, and where they look for it.
enum ResidentSocket {
    /// `$FACEPRINT_SOCKET`, or `serve.sock` in the data folder.
    static var path: String {
        let chosen = ProcessInfo.processInfo.environment["FACEPRINT_SOCKET"] ?? ""
        return chosen.isEmpty ? standard : chosen
    }

    static var standard: String { DataFolder().path + "/serve.sock" }
}
