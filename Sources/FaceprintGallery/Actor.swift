/// Who did something, for the log of events.
public struct Actor: Hashable, Sendable {
    /// Such as `key front-desk`.
    public let name: String

    public init(_ name: String) { self.name = name }

    /// Whoever may run commands on the gallery's file.
    public static let commandLine = Actor("command line")

    /// What erases by itself what is kept for a limited time.
    public static let retention = Actor("retention")

    /// A program that shows a key.
    public static func key(_ name: String) -> Actor { Actor("key \(name)") }

    /// Somebody at a page that a key opened.
    public static func page(_ name: String) -> Actor { Actor("page \(name)") }
}
