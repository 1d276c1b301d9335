#if PostgreSQL
    /// The embeddings once more, as pgvector's `vector`, for a search by the database itself.
    enum VectorTable {
        /// Adds pgvector to the database, if the server has it and the role may.
        static func addExtension(_ connection: PostgresConnection) throws(GalleryError) {
            let isAvailable = try connection.number(
                """
                SELECT 1 FROM pg_available_extensions WHERE name = 'vector' AND installed_version IS NULL
                """)
            guard isAvailable != nil else { return }
            try connection.script("SAVEPOINT extension")
            do throws(GalleryError) {
                try connection.script("CREATE EXTENSION vector SCHEMA faceprint; RELEASE extension")
            } catch .notWritable {
                try connection.script("ROLLBACK TO extension")
            }
        }
    }
#endif
