import Faceprint
import Foundation

extension Gallery {
    /// Stores a template, and the person when nobody has that name yet: both or neither.
    ///
    /// Names that differ only in case, white space or Unicode form are one person's: “younès” adds to “Younès”,
    /// who stays written as they are. A photo belongs to one person: the same file under a second name is far more
    /// often a mistake than a wish, and would let one person pass as two.
    ///
    /// Where the gallery keeps templates for a limited time, one that doesn't say when it expires does so then.
    ///
    /// - Returns: ``Enrollment/alreadyEnrolled(_:id:)`` where this person has a template of this photo.
    /// - Throws: ``GalleryError/invalidName(_:reason:)``, ``GalleryError/invalidTemplate(reason:)``,
    ///   ``GalleryError/otherSpace(gallery:found:)``, ``GalleryError/photoOfAnother(person:)``, or an error of the
    ///   store.
    @discardableResult
    public func enroll(
        _ name: String, _ template: Template, by actor: Actor = .commandLine
    ) throws(GalleryError) -> Enrollment {
        try enroll([(name, template)], by: actor)[0].get()
    }

    /// Stores many templates in one transaction, which is far faster than one for each.
    ///
    /// - Returns: What became of each. Those that can't be stored, for the reasons that ``enroll(_:_:by:)`` names, don't
    ///   keep the others from it.
    /// - Throws: An error of the store: then nothing was stored.
    public func enroll(
        _ entries: [(name: String, template: Template)], by actor: Actor = .commandLine
    ) throws(GalleryError) -> [Result<Enrollment, GalleryError>] {
        let entries = entries.map { entry in
            Result { () throws(GalleryError) in try NewTemplate(entry.template, of: entry.name) }
        }
        return try store.write { (c) throws(GalleryError) in
            let sealer = try sealer(in: c)
            let retention = try StoredState.retention(in: c, path: location).templates
            var version: Int?
            var results: [Result<Enrollment, GalleryError>] = []
            for entry in entries {
                do throws(GalleryError) {
                    let new = try entry.get().expiring(after: retention)
                    results.append(
                        .success(try enroll(new, version: &version, by: actor, sealer: sealer, in: c)))
                } catch {
                    guard error.concernsOneTemplate else { throw error }
                    results.append(.failure(error))
                }
            }
            return results
        }
    }

    /// - Parameter version: Of the people, with this transaction's changes; nil as long as there are none.
    private func enroll(
        _ new: NewTemplate, version: inout Int?, by actor: Actor, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> Enrollment {
        let stored = try StoredSpace(connection, path: location)
        try stored?.requireComparable(new.template.embedding)
        let known = try StoredPerson.find(new.name, sealer: sealer, in: connection)
        let earlier = try Self.template(ofPhoto: new.photo, in: connection)
        if let earlier, !earlier.isOver {
            guard let known, known.id == earlier.person else { throw .photoOfAnother(person: earlier.entry.person) }
            return .alreadyEnrolled(known.person, id: earlier.entry.id)
        }
        let uuid = StoredTemplate.value(of: new.template.id)
        let other = try connection.number("SELECT id FROM template WHERE uuid = ?1", uuid)
        guard other == nil || other == earlier?.row else {
            throw .invalidTemplate(reason: "its id is that of another template")
        }
        // From here on nothing is refused but a space that no gallery can have, where there is none yet.
        let present = if let version { version } else { try StoredState.nextPeopleVersion(in: connection) }
        version = present
        if let earlier {
            try Self.erase(
                [(earlier.entry, earlier.row)], as: .templateExpired, version: present, by: .retention, in: connection)
            if earlier.person != known?.id {
                _ = try Self.eraseIfForgotten(earlier.person, version: present, by: .retention, in: connection)
            }
            try connection.didRemove()
        }
        let space = if let stored { stored } else { try StoredSpace(storing: new.template.embedding, in: connection) }
        let person =
            if let known { known } else {
                try StoredPerson.add(
                    new.name, created: new.created, version: present, by: actor, sealer: sealer, in: connection)
            }
        try StoredTemplate.store(
            new, of: person, space: space, version: present, sealer: sealer, in: connection)
        var detail = ["id": new.template.id.uuidString.lowercased()]
        detail["quality"] = new.template.quality.map { "\(Int($0))" }
        try StoredEvent.append(
            [NewEvent(.templateAdded, by: actor, person: person.person.name, detail: detail)], in: connection)
        return .added(
            Person(
                name: person.person.name,
                templateCount: person.person.templateCount + (earlier?.person == person.id ? 0 : 1),
                created: person.person.created, badge: person.person.badge, groups: person.person.groups),
            id: new.template.id)
    }

    /// The template that was made from a photo, and whether its time is over.
    private static func template(
        ofPhoto photo: [UInt8], in connection: any Connection
    ) throws(GalleryError) -> (row: Int, entry: TemplateEntry, person: Int, isOver: Bool)? {
        let row = try connection.prepare(
            """
            SELECT template.id, template.uuid, person.id, name, quality, template.created, expires
            FROM template JOIN person ON person.id = person WHERE photo_sha256 = ?1
            """,
            .blob(photo))
        guard try row.step() else { return nil }
        let isOver = !row.isNull(6) && row.integer(6) <= Date().milliseconds ?? .min
        return (row.integer(0), try StoredTemplate.entry(row), row.integer(2), isOver)
    }
}

extension GalleryError {
    /// Whether it says that one template can't be stored, rather than that the store can't store.
    fileprivate var concernsOneTemplate: Bool {
        switch self {
        case .invalidName, .invalidTemplate, .otherSpace, .photoOfAnother: true
        default: false
        }
    }
}
