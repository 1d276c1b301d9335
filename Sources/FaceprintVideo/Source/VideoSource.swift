import Foundation
import Glibc

/// Where pictures come from: a video file, a camera, a pipe, or the address of a stream.
///
/// ```swift
/// let camera = try VideoSource("/dev/video0")
/// let door = try VideoSource("rtsp://door.example.org/stream")
/// ```
public struct VideoSource: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// It has an end, and waits for its reader.
        case file
        /// Of Video4Linux.
        case camera
        /// A named pipe, into which somebody writes.
        case pipe
        case stream
    }

    let kind: Kind
    /// As FFmpeg takes it.
    let address: String
    /// As messages have it: without a password.
    public let name: String

    /// The kinds of addresses that are read.
    static let schemes = ["rtsp", "rtsps", "http", "https", "tcp", "udp", "rtp", "rtmp", "srt"]

    /// - Parameter text: A path, or an address with its scheme, such as `rtsp://…`.
    /// - Throws: ``VideoError/unknownScheme(source:scheme:)``. Whether there is anything is seen when it is opened.
    public init(_ text: String) throws(VideoError) {
        if let end = text.range(of: "://") {
            let scheme = text[..<end.lowerBound].lowercased()
            name = Self.withoutPassword(text)
            guard Self.schemes.contains(scheme) else { throw .unknownScheme(source: name, scheme: scheme) }
            kind = .stream
            address = text
            return
        }
        name = text
        var status = stat()
        let mode = stat(text, &status) == 0 ? status.st_mode & S_IFMT : 0
        switch mode {
        // A camera may be plugged in later.
        case 0 where text.hasPrefix("/dev/video"): kind = .camera
        case S_IFCHR: kind = .camera
        case S_IFIFO: kind = .pipe
        default: kind = .file
        }
        // So that no file's name is taken for another protocol.
        address = kind == .file ? "file:\(text)" : text
    }

    /// Whether it goes on whether it is read or not.
    public var isLive: Bool { kind != .file }

    private static func withoutPassword(_ address: String) -> String {
        guard var parts = URLComponents(string: address), parts.password != nil else { return address }
        parts.password = "…"
        return parts.string?.removingPercentEncoding ?? address
    }
}

extension VideoSource: CustomStringConvertible {
    public var description: String { name }
}
