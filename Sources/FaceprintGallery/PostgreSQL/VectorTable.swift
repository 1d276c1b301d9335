#if PostgreSQL
    /// The table `template_vector`: the embeddings once more, as pgvector's `vector(n)`, for a search by the database.
    ///
    /// It is made with the first template where the server has pgvector, unless the gallery is sealed: what is in it can
    /// be read by whoever can read the database. `state.keeps_vectors` says otherwise. Rows go with their templates, and
    /// a trigger keeps them with their people.
    enum VectorTable {
        enum State {
            /// Each template has a row.
            case kept
            case absent
        }

        /// How many neighbours a vector of the HNSW graph is linked to on each layer, and twice that on the lowest: `m`.
        static let links = 16
        /// Among how many candidates they are chosen: `ef_construction`. More makes a better graph, and takes longer.
        static let candidates = 128
        /// What pgvector can index.
        static let dimensionLimit = 2000

        /// Adds pgvector to the database, if the server has it and the role may.
        static func addExtension(_ connection: PostgresConnection) throws(GalleryError) {
            guard
                try connection.number(
                    "SELECT 1 FROM pg_available_extensions WHERE name = 'vector' AND installed_version IS NULL") != nil
            else { return }
            try ifAllowed(connection) { (c) throws(GalleryError) in
                try c.script("CREATE EXTENSION vector SCHEMA faceprint")
            }
        }

        /// Whether the vector of a template that was just stored has to be put here too. Makes the table for the first
        /// one, and removes one that isn't to be kept any more.
        static func state(
            for template: SearchedTemplate, in connection: PostgresConnection
        ) throws(GalleryError) -> State {
            guard try removeUnlessWanted(in: connection), template.values.count <= dimensionLimit else {
                return .absent
            }
            let dimension = try dimension(in: connection)
            if dimension == template.values.count { return .kept }
            let isFirst =
                try connection.number("SELECT 1 FROM template WHERE id <> ?1 LIMIT 1", .integer(template.id)) == nil
            guard isFirst else { return .absent }
            let isMade = try ifAllowed(connection) { (c) throws(GalleryError) in
                // What is left of another model is empty: its templates are gone.
                try remove(from: c)
                try make(dimension: template.values.count, in: c)
                try makeIndex(in: c)
            }
            return isMade ? .kept : .absent
        }

        /// Of the table's vectors; nil where there is no table.
        static func dimension(in connection: any Connection) throws(GalleryError) -> Int? {
            try connection.number(
                """
                SELECT atttypmod FROM pg_attribute
                WHERE attrelid = to_regclass('faceprint.template_vector') AND attname = 'embedding'
                """)
        }

        /// The version of pgvector in the database, such as `[0, 8, 1]`; nil where it isn't.
        static func extensionVersion(in connection: any Connection) throws(GalleryError) -> [Int]? {
            let row = try connection.prepare("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
            return try row.step() ? version(row.text(0)) : nil
        }

        private static func version(_ text: String) -> [Int] { text.split(separator: ".").map { Int($0) ?? 0 } }

        /// - Throws: ``GalleryError/noServerSearch(path:reason:)`` where pgvector is missing, or too old to go on with a
        ///   search that a filter left too little of.
        static func requireExtension(in connection: any Connection, path: String) throws(GalleryError) {
            guard let version = try extensionVersion(in: connection) else {
                throw .noServerSearch(
                    path: path,
                    reason: "it has no pgvector; have it installed on the server, and CREATE EXTENSION vector run")
            }
            guard isUsable(version) else {
                throw .noServerSearch(
                    path: path,
                    reason: "it has pgvector \(version.map(String.init).joined(separator: ".")), and 0.8 is needed")
            }
        }

        /// Whether a version of pgvector can go on with a search that a filter left too little of.
        private static func isUsable(_ version: [Int]) -> Bool { !version.lexicographicallyPrecedes([0, 8]) }

        /// - Returns: Whether vectors are to be kept; where they aren't, none are any more.
        @discardableResult
        static func removeUnlessWanted(in connection: PostgresConnection) throws(GalleryError) -> Bool {
            let wanted = try connection.prepare(
                """
                SELECT extversion FROM pg_extension, state
                WHERE extname = 'vector' AND to_regtype('vector') IS NOT NULL
                    AND coalesce(keeps_vectors, NOT EXISTS (SELECT 1 FROM sealing))
                """)
            if try wanted.step(), isUsable(version(wanted.text(0))) { return true }
            if try dimension(in: connection) != nil { try remove(from: connection) }
            return false
        }

        static func make(dimension: Int, in connection: PostgresConnection) throws(GalleryError) {
            try connection.script(
                """
                CREATE TABLE template_vector (
                    template bigint PRIMARY KEY REFERENCES template (id) ON DELETE CASCADE,
                    person bigint NOT NULL,
                    expires bigint,
                    embedding vector(\(dimension)) NOT NULL
                );
                ALTER TABLE template_vector ALTER COLUMN embedding SET STORAGE PLAIN;
                CREATE INDEX template_vector_of_person ON template_vector (person);

                CREATE FUNCTION move_template_vector() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    UPDATE template_vector SET person = NEW.person, expires = NEW.expires WHERE template = NEW.id;
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER move_template_vector AFTER UPDATE ON template FOR EACH ROW
                WHEN (OLD.person <> NEW.person OR OLD.expires IS DISTINCT FROM NEW.expires)
                EXECUTE FUNCTION move_template_vector();
                """)
        }

        /// Of vectors of unit length, the nearest by their L2 distance are the nearest by any other measure too.
        static func makeIndex(in connection: PostgresConnection) throws(GalleryError) {
            try connection.script(
                """
                CREATE INDEX template_vector_hnsw ON template_vector USING hnsw (embedding vector_l2_ops)
                WITH (m = \(links), ef_construction = \(candidates))
                """)
        }

        static func remove(from connection: PostgresConnection) throws(GalleryError) {
            try connection.script(
                """
                DROP TRIGGER IF EXISTS move_template_vector ON template;
                DROP TABLE IF EXISTS template_vector;
                DROP FUNCTION IF EXISTS move_template_vector
                """)
        }

        /// By one statement for all.
        static func add(_ templates: [SearchedTemplate], in connection: any Connection) throws(GalleryError) {
            func column(_ value: (SearchedTemplate) -> String) -> SQLValue {
                .text(templates.map(value).joined(separator: " "))
            }
            try connection.run(
                """
                INSERT INTO template_vector (template, person, expires, embedding)
                SELECT CAST(template AS bigint), CAST(person AS bigint), CAST(nullif(expires, '-') AS bigint),
                    CAST(embedding AS vector)
                FROM unnest(
                    string_to_array(?1, ' '), string_to_array(?2, ' '), string_to_array(?3, ' '),
                    string_to_array(?4, ' ')) AS new (template, person, expires, embedding)
                """,
                column { "\($0.id)" }, column { "\($0.person)" },
                column { $0.expires.map(String.init) ?? "-" }, column { text(of: $0.values) })
        }

        /// As pgvector reads a vector; each number has the digits that it takes to be the same again.
        static func text(of values: [Float]) -> String {
            "[\(values.map(\.description).joined(separator: ","))]"
        }

        /// Does something, or nothing where the role may not.
        ///
        /// - Returns: Whether it was done.
        @discardableResult
        private static func ifAllowed(
            _ connection: PostgresConnection, _ body: (PostgresConnection) throws(GalleryError) -> Void
        ) throws(GalleryError) -> Bool {
            try connection.script("SAVEPOINT attempt")
            do throws(GalleryError) {
                try body(connection)
            } catch .notWritable {
                try connection.script("ROLLBACK TO attempt")
                return false
            }
            try connection.script("RELEASE attempt")
            return true
        }
    }
#endif
