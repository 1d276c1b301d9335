import Faceprint
import Foundation

extension Gallery {
    /// Stores a template, and the person when nobody has that name yet: both or neither.
    ///
    /// Names that differ only in case, white space or Unicode form are one person's: “younès” adds to “Younès”,
    /// who stays written as they are. A photo belongs to one person: the same file under a second name is far more
    /// often a mistake than a wish, and would let one person pass as two.
    ///
    /// - Returns: ``Enrollment/alreadyEnrolled(_:id:)`` where this person has a template of this photo.
    /// - Throws: ``GalleryError/invalidName(_:reason:)``, ``GalleryError/invalidTemplate(reason:)``,
    ///   ``GalleryError/otherSpace(gallery:found:)``, ``GalleryError/photoOfAnother(person:)``, or an error of the file.
    @discardableResult
    public func enroll(
        _ name: String, _ template: Template, by actor: Actor = .commandLine
    ) throws(GalleryError) -> Enrollment {
        let name = try PersonName(name)
        let photo = try Self.digest(template.photoSHA256)
        guard let created = template.created.milliseconds else {
            throw .invalidTemplate(reason: "its date can't be stored")
        }
        try Self.check(template)
        return try write { (c) throws(GalleryError) in
            if let stored = try StoredSpace(c, path: path) {
                try stored.requireComparable(template.embedding)
            } else {
                try StoredSpace.store(template.embedding, in: c)
            }
            let known = try StoredPerson.find(name, in: c)
            if let owner = try Self.owner(ofPhoto: photo, in: c) {
                guard let known, known.id == owner.id else { throw .photoOfAnother(person: owner.name) }
                return .alreadyEnrolled(known.person, id: owner.template)
            }
            let person = if let known { known } else { try StoredPerson.add(name, created: created, by: actor, in: c) }
            try Self.store(template, photo: photo, created: created, of: person, in: c)
            try StoredState.peopleChanged(in: c)
            var detail = ["id": template.id.uuidString.lowercased()]
            detail["quality"] = template.quality.map { "\(Int($0))" }
            try StoredEvent.append(
                [NewEvent(.templateAdded, by: actor, person: person.person.name, detail: detail)], in: c)
            return .added(
                Person(
                    name: person.person.name, templateCount: person.person.templateCount + 1,
                    created: person.person.created, badge: person.person.badge),
                id: template.id)
        }
    }

    private static func store(
        _ template: Template, photo: [UInt8], created: Int, of person: StoredPerson, in connection: borrowing Connection
    ) throws(GalleryError) {
        let id = StoredTemplate.value(of: template.id)
        guard try connection.number("SELECT 1 FROM template WHERE uuid = ?", id) == nil else {
            throw .invalidTemplate(reason: "its id is that of another template")
        }
        try connection.run(
            """
            INSERT INTO template (person, space, embedding, photo_sha256, created, uuid, quality)
            VALUES (?, 1, ?, ?, ?, ?, ?)
            """,
            .integer(person.id), .blob(StoredEmbedding.bytes(of: template.embedding)), .blob(photo),
            .integer(created), id, template.quality.map { .real(Double($0)) } ?? .null)
        guard !template.thumbnail.isEmpty else { return }
        try connection.run(
            "INSERT INTO thumbnail (template, jpeg) VALUES (?, ?)",
            .integer(connection.lastInsertedID), .blob(template.thumbnail))
    }

    private static func check(_ template: Template) throws(GalleryError) {
        if let quality = template.quality, !(0...100).contains(quality) {
            throw .invalidTemplate(reason: "its quality is \(quality); it has to be from 0 to 100")
        }
        let thumbnail = template.thumbnail
        guard thumbnail.isEmpty || thumbnail.starts(with: [0xFF, 0xD8, 0xFF]) else {
            throw .invalidTemplate(reason: "its thumbnail is not a JPEG file")
        }
        guard thumbnail.count <= Template.thumbnailLimit else {
            throw .invalidTemplate(
                reason: "its thumbnail has \(thumbnail.count) bytes; \(Template.thumbnailLimit) are allowed")
        }
    }

    /// Whose template was made from a photo, and which.
    private static func owner(
        ofPhoto photo: [UInt8], in connection: borrowing Connection
    ) throws(GalleryError) -> (id: Int, name: String, template: UUID)? {
        let row = try connection.prepare(
            """
            SELECT template.id, person.id, name, uuid
            FROM template JOIN person ON person.id = person WHERE photo_sha256 = ?
            """,
            .blob(photo))
        guard try row.step() else { return nil }
        let name = try StoredPerson.name(row.text(2), id: row.integer(1))
        return (row.integer(1), name, try StoredTemplate.uuid(row, 3, of: name))
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
