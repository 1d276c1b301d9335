import Faceprint
import Foundation

/// Something that is to be recorded.
///
/// Recording never fails for what the texts hold: they are cut at ``textLimit`` characters, and those that can't be
/// printed are spelled out, such as `<U+001B>`.
public struct NewEvent: Hashable, Sendable {
    public var kind: Event.Kind
    public var actor: Actor
    /// Whom it concerns.
    public var person: String?
    public var detail: [String: String]
    public var time: Date

    /// How long a text may be, in Unicode scalars.
    public static let textLimit = PersonName.limit

    public init(
        _ kind: Event.Kind, by actor: Actor, person: String? = nil, detail: [String: String] = [:], time: Date = Date()
    ) {
        self.kind = kind
        self.actor = actor
        self.person = person
        self.detail = detail
        self.time = time
    }
}

extension NewEvent {
    /// What the log says of a decision about somebody who was to be identified.
    public init(_ answer: Identification, by actor: Actor) {
        var detail = ["threshold": "\(answer.threshold)"]
        if let nearest = answer.candidates.first { detail["distance"] = "\(nearest.distance)" }
        self.init(answer.match == nil ? .refused : .identified, by: actor, person: answer.match?.person, detail: detail)
    }
}
