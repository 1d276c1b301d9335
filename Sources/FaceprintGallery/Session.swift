import Foundation

/// A page that a key opened, for some time.
public struct Session: Hashable, Sendable {
    /// What the page shows: 43 characters of base64url. The gallery keeps only its SHA-256.
    public let token: String
    public let key: Key
    public let expires: Date

    /// What the page has to send besides its cookie, so that another site can't make it act: 43 characters, which
    /// follow from the token and say nothing about it.
    public var csrf: String {
        Sodium.base64URL(Sodium.sha256 { $0.update("faceprint csrf \(token)".utf8) })
    }

    /// Whether a text is ``csrf``; takes the same time for every wrong one.
    public func accepts(csrf: String) -> Bool { Sodium.areEqual(csrf, self.csrf) }
}
