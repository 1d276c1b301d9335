#if PostgreSQL
    /// The layout of a gallery in a database: the tables of the schema `faceprint`, and nothing else.
    enum PostgresSchema {
        /// Of the layout. It holds what an SQLite file of version 4 does, but for the traces that only a file erases.
        static let version = 3

        /// Makes sure that a connection finds the present layout; where the gallery may be written, makes it.
        ///
        /// - Parameter name: Of the database, for messages.
        static func prepare(
            _ connection: PostgresConnection, access: Gallery.Access, name: String
        ) throws(GalleryError) {
            if try found(by: connection, name: name) != nil { return }
            guard access == .readWrite else { throw .notFound(path: name) }
            try connection.begin(.write)
            do throws(GalleryError) {
                // Two processes may find nothing at once: the second then finds what the first has made.
                try connection.run("SELECT pg_advisory_xact_lock(1179669076)")
                if try found(by: connection, name: name) == nil { try make(connection, name: name) }
                try connection.commit()
            } catch {
                connection.rollBack()
                throw error
            }
        }

        /// - Returns: nil where nothing is yet.
        private static func found(by connection: PostgresConnection, name: String) throws(GalleryError) -> Int? {
            let row = try connection.prepare(
                """
                SELECT has_table, EXISTS (
                    SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                    WHERE nspname = 'faceprint')
                FROM (SELECT to_regclass('faceprint.version') IS NOT NULL AS has_table) AS looked
                """)
            guard try row.step() else { return nil }
            guard row.integer(0) == 1 else {
                guard row.integer(1) == 0 else { throw .otherApplication(path: name) }
                return nil
            }
            guard let version = try connection.number("SELECT number FROM faceprint.version") else {
                throw .damaged(path: name, reason: "it doesn't say which version it has")
            }
            guard version <= Self.version else { throw .newerVersion(path: name, found: version, known: Self.version) }
            guard version == Self.version else { throw .damaged(path: name, reason: "it has version \(version)") }
            return version
        }

        private static func make(_ connection: PostgresConnection, name: String) throws(GalleryError) {
            let encoding = try connection.prepare("SELECT current_setting('server_encoding')")
            guard try encoding.step(), encoding.text(0) == "UTF8" else {
                throw .failed(path: name, reason: "its encoding isn't UTF8; make a database whose encoding is")
            }
            // Only who may make schemas in the database may say IF NOT EXISTS, even where it does.
            if try connection.number("SELECT 1 FROM pg_namespace WHERE nspname = 'faceprint'") == nil {
                try connection.script("CREATE SCHEMA faceprint")
            }
            try connection.script(third)
            try VectorTable.addExtension(connection)
        }

        /// See `SQLiteSchema`. Texts are compared and sorted by their bytes, as there. A row of `mark` says that a
        /// change was stored: `PostgresStore`.
        private static let third = """
            CREATE TABLE version (number integer NOT NULL);
            INSERT INTO version VALUES (3);

            CREATE TABLE state (
                id bigint PRIMARY KEY CHECK (id = 1),
                people_version bigint NOT NULL,
                keys_version bigint NOT NULL,
                identification_threshold double precision,
                gallery bytea NOT NULL CHECK (length(gallery) = 16),
                changes_start bigint NOT NULL DEFAULT 0,
                template_retention bigint,
                event_retention bigint,
                log_sequence bigint NOT NULL DEFAULT 0,
                log_hash bytea CHECK (length(log_hash) = 32),
                keeps_vectors boolean
            );
            INSERT INTO state (id, people_version, keys_version, gallery)
            VALUES (1, 0, 0, uuid_send(gen_random_uuid()));

            CREATE TABLE mark (
                id bytea PRIMARY KEY CHECK (length(id) = 16),
                made timestamp with time zone NOT NULL
            );
            CREATE INDEX mark_of_time ON mark (made);

            CREATE TABLE space (
                id bigint PRIMARY KEY CHECK (id = 1),
                model text COLLATE "C" NOT NULL,
                model_sha256 text COLLATE "C" NOT NULL,
                profile text COLLATE "C" NOT NULL,
                dimension bigint NOT NULL CHECK (dimension > 0)
            );

            CREATE TABLE person (
                id bigint PRIMARY KEY,
                uuid bytea NOT NULL UNIQUE CHECK (length(uuid) = 16),
                name text COLLATE "C" NOT NULL,
                key text COLLATE "C" NOT NULL UNIQUE,
                created bigint NOT NULL,
                badge text COLLATE "C",
                badge_key text COLLATE "C" UNIQUE,
                changed bigint NOT NULL DEFAULT 0,
                seal bytea
            );
            CREATE INDEX person_of_change ON person (changed);

            CREATE TABLE template (
                id bigint PRIMARY KEY,
                person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
                space bigint NOT NULL REFERENCES space (id),
                embedding bytea NOT NULL,
                photo_sha256 bytea NOT NULL UNIQUE CHECK (length(photo_sha256) = 32),
                created bigint NOT NULL,
                uuid bytea NOT NULL UNIQUE CHECK (length(uuid) = 16),
                quality double precision CHECK (quality BETWEEN 0 AND 100),
                changed bigint NOT NULL DEFAULT 0,
                expires bigint
            );
            CREATE INDEX template_of_person ON template (person);
            CREATE INDEX template_of_change ON template (changed);
            CREATE INDEX template_of_expiry ON template (expires) WHERE expires IS NOT NULL;
            -- Beside the other columns, since a search reads them all, and as they are: they can't be made any smaller.
            ALTER TABLE template ALTER COLUMN embedding SET STORAGE MAIN;

            CREATE TABLE thumbnail (
                template bigint PRIMARY KEY REFERENCES template (id) ON DELETE CASCADE,
                jpeg bytea NOT NULL
            );
            ALTER TABLE thumbnail ALTER COLUMN jpeg SET STORAGE EXTERNAL;

            CREATE TABLE removal (
                version bigint NOT NULL,
                template bigint NOT NULL
            );
            CREATE INDEX removal_of_version ON removal (version);

            CREATE TABLE membership (
                person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
                name text COLLATE "C" NOT NULL,
                key text COLLATE "C" NOT NULL,
                PRIMARY KEY (person, key)
            );
            CREATE INDEX membership_of_key ON membership (key);

            CREATE TABLE sealing (
                id bigint PRIMARY KEY CHECK (id = 1),
                key_id bytea NOT NULL CHECK (length(key_id) = 16),
                wrapped bytea NOT NULL,
                salt bytea,
                passes bigint,
                memory bigint
            );

            CREATE TABLE event (
                sequence bigint PRIMARY KEY,
                time bigint NOT NULL,
                kind text COLLATE "C" NOT NULL,
                actor text COLLATE "C" NOT NULL,
                person text COLLATE "C",
                person_key text COLLATE "C",
                detail text COLLATE "C" NOT NULL,
                hash bytea NOT NULL CHECK (length(hash) = 32)
            );
            CREATE INDEX event_of_person ON event (person_key, sequence) WHERE person_key IS NOT NULL;

            CREATE TABLE key (
                id text COLLATE "C" PRIMARY KEY,
                name text COLLATE "C" NOT NULL,
                name_key text COLLATE "C" NOT NULL UNIQUE,
                scopes text COLLATE "C" NOT NULL,
                hash text COLLATE "C" NOT NULL,
                created bigint NOT NULL
            );

            CREATE TABLE session (
                token_sha256 bytea PRIMARY KEY CHECK (length(token_sha256) = 32),
                key text COLLATE "C" NOT NULL REFERENCES key (id) ON DELETE CASCADE,
                expires bigint NOT NULL
            );
            CREATE INDEX session_of_key ON session (key);
            """
    }
#endif
