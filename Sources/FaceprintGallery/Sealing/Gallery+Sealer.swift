extension Gallery {
    /// What seals and opens the rows; nil in a gallery that isn't sealed. Every transaction that reads or writes what is
    /// sealed asks for it first.
    ///
    /// - Throws: ``GalleryError/sealed(path:)``, ``GalleryError/notSealed(path:)``,
    ///   ``GalleryError/wrongSealKey(path:reason:)``.
    func sealer(in connection: any Connection) throws(GalleryError) -> Sealer? {
        try vault.sealer(StoredSealing(connection, path: location), path: location)
    }

    /// As ``sealer(in:)``, for what can be read without it too: nil where the gallery was opened without a key.
    func sealerIfUnlocked(in connection: any Connection) throws(GalleryError) -> Sealer? {
        vault.hasKey ? try sealer(in: connection) : nil
    }

    /// Makes all templates of one person another's, who is bound to them.
    func moveSealedTemplates(
        of person: StoredPerson, to other: StoredPerson, version: Int, sealer: Sealer, in connection: any Connection
    ) throws(GalleryError) {
        guard let space = try StoredSpace(connection, path: location) else { return }
        var reader = EmbeddingReader(space, sealer: sealer)
        while true {
            let rows = try connection.prepare(
                """
                SELECT template.id, template.uuid, photo_sha256, template.created, quality, expires, space,
                    template.changed, embedding, thumbnail.template
                FROM template LEFT JOIN thumbnail ON thumbnail.template = template.id
                WHERE person = ?1 ORDER BY template.id LIMIT 500
                """,
                .integer(person.id))
            var page: [(id: Int, embedding: [UInt8])] = []
            while try rows.step() {
                let hasThumbnail = !rows.isNull(9)
                let embedding = try reader.embedding(
                    rows, of: (person.person.name, person.uuid), hasThumbnail: hasThumbnail)
                let sealed = sealer.seal(
                    embedding, hasThumbnail: hasThumbnail, of: TemplateRow(rows).changed(at: version),
                    person: other.uuid, space: space)
                page.append((rows.integer(0), sealed))
            }
            guard !page.isEmpty else { return }
            for (id, embedding) in page {
                try connection.run(
                    "UPDATE template SET person = ?1, changed = ?2, embedding = ?3 WHERE id = ?4",
                    .integer(other.id), .integer(version), .blob(embedding), .integer(id))
            }
        }
    }
}
