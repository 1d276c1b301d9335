#if PostgreSQL
    extension PostgresConnection {
        func layoutVersion() throws(GalleryError) -> Int { try number("SELECT number FROM faceprint.version") ?? 0 }

        func size() throws(GalleryError) -> Int {
            try number(
                """
                SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class
                WHERE relnamespace = 'faceprint'::regnamespace AND relkind = 'r'
                """) ?? 0
        }

        /// PostgreSQL checks what it reads, and the constraints of what it stores.
        func structuralDefects() -> [String] { [] }
    }
#endif
