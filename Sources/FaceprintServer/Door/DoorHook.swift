import FaceprintGallery
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
    /// `walk-up`, `card`, or `video`.
    let mode: String
    /// Of the decision in the gallery's log.
    let event: Int
    /// In ISO 8601; it stands in what is signed, so that a copy of an old request can be told.
    let time: String
}

package struct DoorHookFailure: Error, CustomStringConvertible {
    package let description: String
}

extension DoorHook {
    /// Opens a door for somebody who was recognised.
    ///
    /// - Parameters:
    ///   - decision: As the gallery's log has it: what isn't on the disk has not been decided.
    ///   - mode: How they came: `walk-up`, `card`, or `video`.
    ///   - seconds: How long it may take.
    /// - Returns: What the log is to say of it, and why the door stays shut; nil where it opened.
    package func open(
        _ door: String, for person: String, mode: String, _ decision: Event, seconds: Double, by actor: Actor
    ) -> (outcome: NewEvent, failure: DoorHookFailure?) {
        let admission = Admission(
            door: door, person: person, mode: mode, event: decision.sequence, time: decision.time.iso8601)
        var outcome = NewEvent(.doorOpened, by: actor, person: person, detail: ["decision": "\(decision.sequence)"])
        do throws(DoorHookFailure) {
            try open(admission, seconds: seconds)
            return (outcome, nil)
        } catch {
            outcome.kind = .doorFailed
            outcome.detail["reason"] = "\(error)"
            return (outcome, error)
        }
    }

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
