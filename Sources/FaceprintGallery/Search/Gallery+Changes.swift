import Faceprint
import Foundation

/// What happened to a gallery since a version of its people.
struct GalleryChanges {
    let version: Int
    /// Templates that are gone. One of that number may be among ``templates`` again.
    var removed: [Int] = []
    var people: [SearchedPerson] = []
    var templates: [SearchedTemplate] = []
}

extension Gallery {
    /// Makes what an index knows what the gallery holds now: by what changed since, or all of it where that can't be
    /// told or is much.
    func bringUpToDate(_ content: inout IndexContent?, precision: SearchPrecision, now: Date) throws {
        // Whoever is mended brings templates along that weren't changed.
        if content?.hasDamagedPeople == true, try peopleVersion() != content?.version { content = nil }
        let known = content.map { (version: $0.version, space: $0.index.space) }
        if try peopleVersion() != known?.version {
            if let changes = try known.flatMap({ known in try changes(since: known.version, of: known.space) }) {
                content?.apply(changes)
            } else {
                // Two at once would take twice the memory.
                content = nil
                content = try store.readApart { (c) throws(GalleryError) in
                    try everything(precision: precision, in: c)
                }
            }
        }
        content?.removeExpired(now: now.milliseconds ?? .max)
    }

    /// Above this many templates reading all is no slower.
    private static let manyChanges = 100_000

    private func changes(since version: Int, of space: EmbeddingSpace) throws(GalleryError) -> GalleryChanges? {
        try store.readApart { (c) throws(GalleryError) in try changes(since: version, of: space, in: c) }
    }

    /// - Returns: nil where it isn't known any more, or is much, or the gallery has another space.
    private func changes(
        since version: Int, of space: EmbeddingSpace, in connection: any Connection
    ) throws(GalleryError) -> GalleryChanges? {
        let row = try connection.prepare("SELECT people_version, changes_start FROM state")
        guard try row.step() else { throw stateIsMissing }
        // A gallery that was restored from a backup may have gone back.
        guard row.integer(1) <= version, version <= row.integer(0),
            let stored = try StoredSpace(connection, path: location), stored.space == space,
            try connection.number("SELECT count(*) FROM template WHERE changed > ?1", .integer(version))
                ?? 0 <= Self.manyChanges
        else { return nil }
        let sealer = try sealer(in: connection)
        var changes = GalleryChanges(version: row.integer(0))
        let removals = try connection.prepare("SELECT template FROM removal WHERE version > ?1", .integer(version))
        while try removals.step() { changes.removed.append(removals.integer(0)) }
        changes.people = try SearchedPerson.changed(after: version, sealer: sealer, in: connection)
        changes.templates = try SearchedTemplate.changed(after: version, stored, sealer: sealer, in: connection)
        return changes
    }

    /// - Returns: nil for a gallery without templates.
    private func everything(
        precision: SearchPrecision, in connection: any Connection
    ) throws(GalleryError) -> IndexContent? {
        guard let stored = try StoredSpace(connection, path: location) else { return nil }
        let sealer = try sealer(in: connection)
        var content = IndexContent(
            version: try peopleVersion(in: connection), stored: stored, precision: precision,
            capacity: try connection.number("SELECT count(*) FROM template") ?? 0)
        for person in try SearchedPerson.changed(after: .min, sealer: sealer, in: connection) { content.set(person) }
        try SearchedTemplate.all(stored, sealer: sealer, in: connection) { content.set($0) }
        return content
    }
}
