import FaceprintFiles

/// Why bytes did not become a picture. Each case names the photo.
public enum ImagingError: Error, Equatable {
    /// The file can't be read at all.
    case file(FileError)
    /// There are no bytes.
    case empty(name: String)
    /// What it looks like instead, such as "text".
    case notAPhoto(name: String, content: String)
    /// A picture, but of a format that is not decoded, by its name.
    case unsupportedFormat(name: String, format: String)
    /// More bytes than ``PhotoLimits/bytes``.
    case tooManyBytes(name: String, found: Int, limit: Int)
    /// More pixels than ``PhotoLimits`` allows; the limit as a phrase.
    case tooManyPixels(name: String, width: Int, height: Int, limit: String)
    /// Decoding took longer than ``PhotoLimits/seconds`` and was stopped.
    case tooSlow(name: String, limit: Double)
    /// Truncated or damaged; the decoder's reason in one line.
    case damaged(name: String, reason: String)
    /// What is said to be a face can't be cut out of its photo.
    case noSuchFace(reason: String)
    /// A picture that can't be written; the encoder's reason in one line.
    case notEncoded(reason: String)
    /// libvips does not start.
    case unavailable(reason: String)
}

extension ImagingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let error):
            "\(error)"
        case .empty(let name):
            "“\(name)” is empty; send the bytes of a photo"
        case .notAPhoto(let name, let content):
            "“\(name)” is not a photo: it looks like \(content); supported are \(PhotoFormat.list)"
        case .unsupportedFormat(let name, let format):
            "“\(name)” is \(format), which is not supported; convert it to one of \(PhotoFormat.list)"
        case .tooManyBytes(let name, let found, let limit):
            "“\(name)” has \(found) bytes; at most \(limit) are decoded; save it smaller"
        case .tooManyPixels(let name, let width, let height, let limit):
            "“\(name)” is \(width)×\(height) pixels; allowed are \(limit); scale it down"
        case .tooSlow(let name, let limit):
            "“\(name)” took more than \(limit) seconds to decode; save it smaller, or allow more time"
        case .damaged(let name, let reason):
            "“\(name)” is damaged or cut short: \(reason); copy or download it again"
        case .noSuchFace(let reason):
            "the face can't be cut out: \(reason); detect it again in this photo"
        case .notEncoded(let reason):
            "the picture can't be written: \(reason)"
        case .unavailable(let reason):
            "libvips does not start: \(reason); install it again"
        }
    }
}
