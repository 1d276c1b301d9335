import Faceprint
import Foundation

/// Every template of a gallery at one moment, laid out for a search.
public struct TemplateTable: Sendable {
    /// What made the embeddings.
    public let space: EmbeddingSpace
    /// The number of components of an embedding.
    public let dimension: Int
    /// The people, sorted by name.
    public let names: [String]
    /// `[count]`: whose template a row is, as an index into ``names``.
    public let owners: [Int]
    /// `[count][dimension]`: the embeddings, each of unit length, row by row.
    public let values: [Float]

    /// The number of templates.
    public var count: Int { owners.count }
}

extension Gallery {
    /// The templates of a person, the first enrolled first.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, ``GalleryError/damagedTemplate(id:person:reason:)``, or an
    ///   error of the file.
    public func templates(of name: String) throws(GalleryError) -> [Template] {
        let name = try PersonName(name)
        return try read { (c) throws(GalleryError) in
            let person = try StoredPerson.require(name, in: c)
            let stored = try requireSpace(c)
            let rows = try c.prepare(
                "SELECT id, embedding, lower(hex(photo_sha256)), created FROM template WHERE person = ? ORDER BY id",
                .integer(person.id))
            var result: [Template] = []
            while try rows.step() {
                var values: [Float] = []
                let defect = StoredEmbedding.append(rows.bytes(1), to: &values, dimension: stored.dimension)
                guard defect == nil, let embedding = try? Embedding(normalizing: values, space: stored.space) else {
                    throw .damagedTemplate(
                        id: rows.integer(0), person: person.person.name, reason: defect ?? "it is no embedding")
                }
                result.append(
                    Template(
                        embedding: embedding, photoSHA256: rows.text(2), created: Date(milliseconds: rows.integer(3))))
            }
            return result
        }
    }

    /// All templates, for identification.
    ///
    /// It takes `4 · count · dimension` bytes and little more: half a gigabyte for a million of 128 components.
    ///
    /// - Returns: nil while the gallery is empty.
    /// - Throws: ``GalleryError/damagedTemplate(id:person:reason:)``, ``GalleryError/damagedPerson(id:reason:)``, or an
    ///   error of the file.
    public func allTemplates() throws(GalleryError) -> TemplateTable? {
        try read { (c) throws(GalleryError) in
            let people = try c.prepare("SELECT id, name FROM person ORDER BY key")
            var names: [String] = []
            var indices: [Int: Int] = [:]
            while try people.step() {
                indices[people.integer(0)] = names.count
                names.append(try StoredPerson.name(people.text(1), id: people.integer(0)))
            }
            guard !names.isEmpty else { return nil }
            let stored = try requireSpace(c)
            let count = try c.number("SELECT count(*) FROM template") ?? 0
            var owners: [Int] = []
            var values: [Float] = []
            owners.reserveCapacity(count)
            values.reserveCapacity(count * stored.dimension)
            let rows = try c.prepare("SELECT id, person, embedding FROM template")
            while try rows.step() {
                guard let owner = indices[rows.integer(1)] else {
                    throw .damagedTemplate(id: rows.integer(0), person: "", reason: "its person is missing")
                }
                if let defect = StoredEmbedding.append(rows.bytes(2), to: &values, dimension: stored.dimension) {
                    throw .damagedTemplate(id: rows.integer(0), person: names[owner], reason: defect)
                }
                owners.append(owner)
            }
            return TemplateTable(
                space: stored.space, dimension: stored.dimension, names: names, owners: owners, values: values)
        }
    }

    private func requireSpace(_ connection: borrowing Connection) throws(GalleryError) -> StoredSpace {
        guard let stored = try StoredSpace(connection, path: path) else {
            throw .damaged(path: path, reason: "it has people but doesn't say which model encoded them")
        }
        return stored
    }
}
