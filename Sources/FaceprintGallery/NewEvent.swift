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
