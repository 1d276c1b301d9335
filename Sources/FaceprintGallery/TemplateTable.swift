import Faceprint

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

    /// The number of templates.
    public var count: Int { owners.count }
}

extension Gallery {
    /// All templates, for identification.
    ///
    /// It takes `4 · count · dimension` bytes and little more: half a gigabyte for a million of 128 components.
    ///
    /// - Returns: nil while there are none.
    /// - Throws: ``GalleryError/damagedTemplate(id:person:reason:)``, ``GalleryError/damagedPerson(id:reason:)``, or an
    ///   error of the file.
    public func allTemplates() throws(GalleryError) -> TemplateTable? {
        try store.readApart { (c) throws(GalleryError) in
            let count = try c.number("SELECT count(*) FROM template") ?? 0
            guard count > 0 else { return nil }
            let sealer = try sealer(in: c)
            let people = try StoredPerson.all(sealer: sealer, in: c).filter { $0.person.templateCount > 0 }
            let indices = Dictionary(uniqueKeysWithValues: people.enumerated().map { ($1.id, $0) })
            let stored = try requireSpace(c)
            var reader = EmbeddingReader(stored, sealer: sealer)
            var owners: [Int] = []
            var values: [Float] = []
            owners.reserveCapacity(count)
            values.reserveCapacity(count * stored.dimension)
            let rows = try c.prepare(
                """
                SELECT id, uuid, photo_sha256, created, quality, expires, space, changed, embedding, person
                FROM template
                """)
            while try rows.step() {
                guard let owner = indices[rows.integer(9)] else {
                    throw .damagedTemplate(id: rows.integer(0), person: "", reason: "its person is missing")
                }
                if let defect = reader.append(rows, person: people[owner].uuid, to: &values) {
                    throw .damagedTemplate(id: rows.integer(0), person: people[owner].person.name, reason: defect)
                }
                owners.append(owner)
            }
            return TemplateTable(
                space: stored.space, dimension: stored.dimension, names: people.map(\.person.name), owners: owners,
                values: values)
        }
    }

    func requireSpace(_ connection: any Connection) throws(GalleryError) -> StoredSpace {
        guard let stored = try StoredSpace(connection, path: location) else {
            throw .damaged(path: location, reason: "it has templates but doesn't say which model encoded them")
        }
        return stored
    }
}
