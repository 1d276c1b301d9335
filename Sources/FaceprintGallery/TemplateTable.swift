import Faceprint
import Foundation

/// Every template of a gallery at one moment, laid out for a search.
public struct TemplateTable: Sendable {
    /// What made the embeddings.
    public let space: EmbeddingSpace
    /// The number of components of an embedding.
    public let dimension: Int
    /// The people who have templates, sorted by name.
    public let names: [String]
    /// `[count]`: whose template a row is, as an index into ``names``.
    public let owners: [Int]
    /// `[count][dimension]`: the embeddings, each of unit length, row by row.
    public let values: [Float]
    /// Damaged templates, which are not among them: ``GalleryError/damagedTemplate(id:person:reason:)``.
    public let defects: [GalleryError]

    /// The number of templates.
    public var count: Int { owners.count }
}

extension Gallery {
    /// All templates, for identification, but for those that expire by `now`.
    ///
    /// It takes `4 · count · dimension` bytes and little more: half a gigabyte for a million of 128 components. A
    /// damaged template is left out, and named.
    ///
    /// - Returns: nil while there are none.
    /// - Throws: ``GalleryError/damagedPerson(id:reason:)``, or an error of the store.
    public func allTemplates(now: Date = Date()) throws(GalleryError) -> TemplateTable? {
        try store.readApart { (c) throws(GalleryError) in
            let count = try c.number("SELECT count(*) FROM template") ?? 0
            guard count > 0 else { return nil }
            let people = try c.prepare(
                "SELECT id, name FROM person WHERE id IN (SELECT person FROM template) ORDER BY key")
            var names: [String] = []
            var indices: [Int: Int] = [:]
            while try people.step() {
                indices[people.integer(0)] = names.count
                names.append(try StoredPerson.name(people.text(1), id: people.integer(0)))
            }
            let stored = try requireSpace(c)
            var owners: [Int] = []
            var values: [Float] = []
            var defects: [GalleryError] = []
            owners.reserveCapacity(count)
            values.reserveCapacity(count * stored.dimension)
            var next: Int? = 0
            while let row = next {
                let page = try TemplatePage(after: row, limit: 10_000, now: now, space: stored, in: c)
                owners += page.people.compactMap { indices[$0] }
                values += page.values
                defects += page.defects
                next = page.end
            }
            return TemplateTable(
                space: stored.space, dimension: stored.dimension, names: names, owners: owners, values: values,
                defects: defects)
        }
    }

    func requireSpace(_ connection: any Connection) throws(GalleryError) -> StoredSpace {
        guard let stored = try StoredSpace(connection, path: location) else {
            throw .damaged(path: location, reason: "it has templates but doesn't say which model encoded them")
        }
        return stored
    }
}
