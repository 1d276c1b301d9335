import Foundation

/// What a program or a page shows to be let in, without its secret, which nobody but its owner has.
public struct Key: Hashable, Sendable {
    /// The part of the secret that says which key it is: 16 hexadecimal digits.
    public let id: String
    public let name: String
    public let scopes: Set<Scope>
    public let created: Date

    /// Whether the key opens what needs a scope. ``Scope/admin`` includes ``Scope/recognise`` and ``Scope/enrol``.
    public func allows(_ scope: Scope) -> Bool {
        scopes.contains(scope) || (scopes.contains(.admin) && (scope == .recognise || scope == .enrol))
    }
}
