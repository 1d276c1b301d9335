import Faceprint
import Foundation

extension Gallery {
    /// Stores a template, and the person when nobody has that name yet: both or neither.
    ///
    /// Names that differ only in case, white space or Unicode form are one person's: “younès” adds to “Younès”,
    /// who stays written as they are. A photo belongs to one person: the same file under a second name is far more
    /// often a mistake than a wish, and would let one person pass as two.
    ///
    /// - Returns: ``Enrollment/alreadyEnrolled(_:)`` where this person has a template of this photo.
    /// - Throws: ``GalleryError/invalidName(_:reason:)``, ``GalleryError/invalidTemplate(reason:)``,
    ///   ``GalleryError/otherSpace(gallery:found:)``, ``GalleryError/photoOfAnother(person:)``, or an error of the file.
    @discardableResult
    public func enroll(_ name: String, _ template: Template) throws(GalleryError) -> Enrollment {
        let name = try PersonName(name)
        let photo = try Self.digest(template.photoSHA256)
        guard let created = template.created.milliseconds else {
            throw .invalidTemplate(reason: "its date can't be stored")
        }
        return try write { (c) throws(GalleryError) in
            if let stored = try StoredSpace(c, path: path) {
                try stored.requireComparable(template.embedding)
            } else {
                try StoredSpace.store(template.embedding, in: c)
            }
            let person = try StoredPerson.find(name, in: c)
            if let owner = try Self.owner(ofPhoto: photo, in: c) {
                guard let person, person.id == owner.id else { throw .photoOfAnother(person: owner.name) }
                return .alreadyEnrolled(person.person)
            }
            let id: Int
            if let person {
                id = person.id
            } else {
                try c.run(
                    "INSERT INTO person (name, key, created) VALUES (?, ?, ?)",
                    .text(name.shown), .text(name.key), .integer(created))
                id = c.lastInsertedID
            }
            try c.run(
                "INSERT INTO template (person, space, embedding, photo_sha256, created) VALUES (?, 1, ?, ?, ?)",
                .integer(id), .blob(StoredEmbedding.bytes(of: template.embedding)), .blob(photo), .integer(created))
            return .added(
                Person(
                    name: person?.person.name ?? name.shown, templateCount: (person?.person.templateCount ?? 0) + 1,
                    created: person?.person.created ?? Date(milliseconds: created)))
        }
    }

    /// Whose template was made from a photo.
    private static func owner(
        ofPhoto photo: [UInt8], in connection: borrowing Connection
    ) throws(GalleryError) -> (id: Int, name: String)? {
        let row = try connection.prepare(
            "SELECT person.id, name FROM template JOIN person ON person.id = person WHERE photo_sha256 = ?",
            .blob(photo))
        guard try row.step() else { return nil }
        return (row.integer(0), try StoredPerson.name(row.text(1), id: row.integer(0)))
    }

    /// The 32 bytes of a SHA-256 in hexadecimal digits.
    private static func digest(_ text: String) throws(GalleryError) -> [UInt8] {
        let digits = text.unicodeScalars.compactMap { $0.isASCII ? Character($0).hexDigitValue : nil }
        guard digits.count == 64, text.unicodeScalars.count == 64 else {
            throw .invalidTemplate(reason: "\(text.quoted) is not a SHA-256 in 64 hexadecimal digits")
        }
        return stride(from: 0, to: 64, by: 2).map { UInt8(16 * digits[$0] + digits[$0 + 1]) }
    }
}
