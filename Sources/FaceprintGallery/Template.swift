import Faceprint
import Foundation

/// One enrolled face: its embedding and where it came from.
public struct Template: Hashable, Sendable {
    /// The faceprint; its space says what made it.
    public let embedding: Embedding
    /// The SHA-256 of the photo's file, 64 lower-case hexadecimal digits.
    public let photoSHA256: String
    /// When it was made. A gallery keeps it to the millisecond.
    public let created: Date

    public init(embedding: Embedding, photoSHA256: String, created: Date = Date()) {
        self.embedding = embedding
        self.photoSHA256 = photoSHA256
        self.created = created
    }
}

/// What became of a template that was to be enrolled. Both cases hold the person as they are in the gallery now,
/// whose name may be written otherwise than the one asked for.
public enum Enrollment: Hashable, Sendable {
    /// It is stored, and survives a loss of power.
    case added(Person)
    /// This person already has a template of this photo; nothing changed.
    case alreadyEnrolled(Person)

    /// The person who has the template.
    public var person: Person {
        switch self {
        case .added(let person), .alreadyEnrolled(let person): person
        }
    }
}
