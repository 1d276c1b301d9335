import Foundation

/// What opens the door when somebody is welcome. It has a few seconds; what takes longer has failed.
public enum DoorHook: Hashable, Sendable {
    /// A program with its arguments. It is run without a shell, and gets the name in the environment variable
    /// `FACEPRINT_PERSON`, the mode in `FACEPRINT_MODE`, the door's name in `FACEPRINT_DOOR` and the JSON that a webhook
    /// gets in `FACEPRINT_ADMISSION`; exit status 0 means opened.
    case command([String])
    /// An address that gets a POST of JSON; any status 200–299 means opened. With a secret the header
    /// `X-Faceprint-Signature` is `sha256=` and the HMAC-SHA-256 of the body.
    case webhook(URL, secret: String?)
}

/// Who is to be let in.
struct Admission: Encodable, Sendable {
    let door: String
    let person: String
    /// `walk-up` or `card`.
    let mode: String
    /// Of the decision in the gallery's log.
    let event: Int
    /// In ISO 8601; it stands in what is signed, so that a copy of an old request can be told.
    let time: String
}

struct DoorHookFailure: Error, CustomStringConvertible {
    let description: String
}

extension DoorHook {
    /// Opens the door.
    ///
    /// - Parameter seconds: How long it may take.
    func open(_ admission: Admission, seconds: Double) throws(DoorHookFailure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(admission) else {
            throw DoorHookFailure(description: "the admission can't be written as JSON")
        }
        switch self {
        case .command(let words): try Self.run(words, admission, body, seconds)
        case .webhook(let url, let secret): try Self.post(to: url, secret, body, seconds)
        }
    }
}
