/// Copying a whole gallery into one that is empty, whatever stores they are in.
enum GalleryCopy {
    /// Copies every row as it is, the log with its chain, keys and what is sealed among them.
    ///
    /// - Parameter target: In a transaction of its own, in which nothing else is written.
    static func copy(
        from source: any Connection, to target: any Connection, path: String
    ) throws(GalleryError) {
        for table in CopiedTable.all { try table.copy(from: source, to: target) }
        try state(from: source, to: target, path: path)
    }

    /// Whoever follows the gallery by its version has to read it anew: versions go on from the higher one.
    private static func state(
        from source: any Connection, to target: any Connection, path: String
    ) throws(GalleryError) {
        let row = try source.prepare(
            """
            SELECT people_version, keys_version, identification_threshold, gallery, changes_start,
                template_retention, event_retention, log_sequence, log_hash
            FROM state
            """)
        guard try row.step() else { throw .damaged(path: path, reason: "the row of its counters is missing") }
        let here = try target.number("SELECT people_version FROM state") ?? 0
        let keysHere = try target.number("SELECT keys_version FROM state") ?? 0
        let isFresh = here == 0
        let version = isFresh ? row.integer(0) : max(row.integer(0), here) &+ 1
        try target.run(
            """
            UPDATE state SET people_version = ?1, keys_version = ?2, identification_threshold = ?3,
                gallery = coalesce(?4, gallery), changes_start = ?5, template_retention = ?6, event_retention = ?7,
                log_sequence = ?8, log_hash = ?9
            """,
            .integer(version), .integer(max(row.integer(1), keysHere) &+ (isFresh ? 0 : 1)), .real(row.real(2)),
            .blob(row.isNull(3) ? nil : Array(row.bytes(3))), .integer(isFresh ? row.integer(4) : version),
            .integer(row.isNull(5) ? nil : row.integer(5)), .integer(row.isNull(6) ? nil : row.integer(6)),
            .integer(row.integer(7)), .blob(row.isNull(8) ? nil : Array(row.bytes(8))))
    }

    /// - Throws: ``GalleryError/notEmpty(path:)``.
    static func requireEmpty(_ connection: any Connection, path: String) throws(GalleryError) {
        for statement in [
            "SELECT 1 FROM person LIMIT 1", "SELECT 1 FROM template LIMIT 1", "SELECT 1 FROM event LIMIT 1",
            "SELECT 1 FROM key LIMIT 1", "SELECT 1 FROM sealing LIMIT 1",
        ] as [StaticString] where try connection.number(statement) != nil {
            throw .notEmpty(path: path)
        }
    }
}
