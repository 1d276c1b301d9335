import FaceprintFiles

/// Why a video can't be read or written. Each case names it; addresses without the password in them.
public enum VideoError: Error, Equatable {
    /// The file can't be read at all.
    case file(FileError)
    /// An address of a kind that isn't read, by its scheme.
    case unknownScheme(source: String, scheme: String)
    /// FFmpeg's reason.
    case cannotOpen(source: String, reason: String)
    /// It opens, and there are no pictures in it.
    case noPictures(source: String)
    /// Pictures of more pixels than ``VideoLimits`` allows.
    case tooLarge(source: String, width: Int, height: Int)
    /// Nothing came for that long.
    case silent(source: String, seconds: Double)
    /// It broke off; FFmpeg's reason.
    case broken(source: String, reason: String)
    /// It was opened again as often as was allowed.
    case gaveUp(source: String, attempts: Int, reason: String)
    /// The file can't be written; FFmpeg's reason.
    case cannotWrite(path: String, reason: String)
    /// A file name that no kind of video is known by.
    case unknownContainer(path: String)
}

extension VideoError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let error):
            "\(error)"
        case .unknownScheme(let source, let scheme):
            "“\(source)” begins with “\(scheme)://”, which is not read; supported are "
                + VideoSource.schemes.joined(separator: ", ")
        case .cannotOpen(let source, let reason):
            "“\(source)” can't be opened as a video: \(reason); name a video file, a camera such as /dev/video0, or "
                + "the address of a stream"
        case .noPictures(let source):
            "“\(source)” has no pictures in it, or none that can be decoded; convert it with ffmpeg"
        case .tooLarge(let source, let width, let height):
            "the pictures of “\(source)” have \(width)×\(height) pixels; convert it to a smaller size"
        case .silent(let source, let seconds):
            "nothing came from “\(source)” for \(seconds) seconds; check whether it sends"
        case .broken(let source, let reason):
            "“\(source)” broke off: \(reason)"
        case .gaveUp(let source, let attempts, let reason):
            "“\(source)” is given up after \(attempts) more attempts: \(reason)"
        case .cannotWrite(let path, let reason):
            "“\(path)” can't be written: \(reason)"
        case .unknownContainer(let path):
            "“\(path)” has to end in .mp4, .mkv or .ts"
        }
    }
}
