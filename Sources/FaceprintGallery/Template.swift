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
    /// What it is called among all templates.
    public let id: UUID
    /// A small JPEG of the face, at most ``thumbnailLimit`` bytes; empty where there is none.
    public let thumbnail: [UInt8]
    /// The quality of the face, 0…100; nil where it wasn't judged.
    public let quality: Float?
    /// When it is to be erased, to the millisecond; nil for a template that stays.
    public let expires: Date?

    /// The largest thumbnail, in bytes. One of 112×112 pixels has some 5000.
    public static let thumbnailLimit = 65_536

    public init(
        embedding: Embedding, photoSHA256: String, created: Date = Date(), id: UUID = UUID(), thumbnail: [UInt8] = [],
        quality: Float? = nil, expires: Date? = nil
    ) {
        self.embedding = embedding
        self.photoSHA256 = photoSHA256
        self.created = created
        self.id = id
        self.thumbnail = thumbnail
        self.quality = quality
        self.expires = expires
    }
}

/// What became of a template that was to be enrolled. Both cases hold the person as they are in the gallery now,
/// whose name may be written otherwise than the one asked for, and the id of the template that the gallery has.
public enum Enrollment: Hashable, Sendable {
    /// It is stored, and survives a loss of power.
    case added(Person, id: UUID)
    /// This person already has a template of this photo; nothing changed.
    case alreadyEnrolled(Person, id: UUID)

    /// The person who has the template.
    public var person: Person {
        switch self {
        case .added(let person, _), .alreadyEnrolled(let person, _): person
        }
    }

    /// The template's id.
    public var id: UUID {
        switch self {
        case .added(_, let id), .alreadyEnrolled(_, let id): id
        }
    }
}
