import Faceprint

/// The space of a gallery's embeddings, and how long they are.
struct StoredSpace {
    let space: EmbeddingSpace
    /// The number of components of each embedding.
    let dimension: Int

    /// The number of its row: there is one.
    static let id = 1

    /// Reads it; nil in an empty gallery.
    init?(_ connection: any Connection, path: String) throws(GalleryError) {
        let row = try connection.prepare("SELECT model, model_sha256, profile, dimension FROM space")
        guard try row.step() else { return nil }
        space = EmbeddingSpace(model: row.text(0), modelSHA256: row.text(1), profile: row.text(2))
        dimension = row.integer(3)
        if let defect = Self.defect(of: space, dimension: dimension) { throw .damaged(path: path, reason: defect) }
    }

    /// Records the space of a gallery's first embedding.
    ///
    /// - Throws: ``GalleryError/invalidTemplate(reason:)`` for one that couldn't be read again.
    init(storing embedding: Embedding, in connection: any Connection) throws(GalleryError) {
        space = embedding.space
        dimension = embedding.count
        if let defect = Self.defect(of: space, dimension: dimension) { throw .invalidTemplate(reason: defect) }
        try connection.run(
            "INSERT INTO space (id, model, model_sha256, profile, dimension) VALUES (?1, ?2, ?3, ?4, ?5)",
            .integer(Self.id), .text(space.model), .text(space.modelSHA256), .text(space.profile), .integer(dimension))
    }

    /// What keeps a space from being a gallery's, or nil. Its names are printed, and memory is taken for its dimension.
    static func defect(of space: EmbeddingSpace, dimension: Int) -> String? {
        for text in [space.model, space.modelSHA256, space.profile] {
            if let defect = PersonName.defect(of: text) {
                return "the name of its model or profile can't be shown: \(defect)"
            }
        }
        return (1...65_536).contains(dimension) ? nil : "its embeddings are said to have \(dimension) components"
    }

    /// - Throws: ``GalleryError/otherSpace(gallery:found:)``, or ``GalleryError/invalidTemplate(reason:)`` for an
    ///   embedding of the right space and the wrong length.
    func requireComparable(_ embedding: Embedding) throws(GalleryError) {
        guard embedding.space == space else { throw .otherSpace(gallery: space, found: embedding.space) }
        guard embedding.count == dimension else {
            throw .invalidTemplate(
                reason: "its embedding has \(embedding.count) components, the gallery's have \(dimension)")
        }
    }
}

extension Gallery {
    /// - Throws: ``GalleryError/damaged(path:reason:)`` for a gallery that has templates and doesn't say what made them.
    func requireSpace(_ connection: any Connection) throws(GalleryError) -> StoredSpace {
        guard let stored = try StoredSpace(connection, path: location) else {
            throw .damaged(path: location, reason: "it has templates but doesn't say which model encoded them")
        }
        return stored
    }
}
