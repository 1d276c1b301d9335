import Foundation

/// The layout of a gallery's file, and how older layouts become the present one.
enum SQLiteSchema {
    /// `FPRT`, in the file's header: what tells a gallery from another application's database.
    static let applicationID = 0x4650_5254

    /// Step *n* makes version n + 1 of version n. Steps that were released are never changed.
    private static let migrations: [StaticString] = [first, second, third, fourth]

    static var version: Int { migrations.count }

    /// The version of a file.
    ///
    /// - Returns: nil for a database in which nothing is yet.
    static func version(of connection: SQLiteConnection, path: String) throws(GalleryError) -> Int? {
        let application = try connection.number("PRAGMA application_id") ?? 0
        let version = try connection.number("PRAGMA user_version") ?? 0
        if application == 0, version == 0, try connection.number("SELECT count(*) FROM sqlite_schema") == 0 {
            return nil
        }
        guard application == applicationID else { throw .otherApplication(path: path) }
        guard version >= 0 else { throw .damaged(path: path, reason: "it has version \(version)") }
        guard version <= Self.version else {
            throw .newerVersion(path: path, found: version, known: Self.version)
        }
        return version
    }

    /// To be called once for a gallery: it takes longer than most of what is read.
    ///
    /// - Throws: ``GalleryError/damaged(path:reason:)`` for tables of another kind.
    static func requireItsTables(_ connection: any Connection, path: String) throws(GalleryError) {
        guard try connection.number(otherTables) == 0 else {
            throw .damaged(path: path, reason: "its tables aren't those of a gallery")
        }
    }

    /// How many tables and columns are of another kind. What is read page by page relies on numbers being numbers, in a
    /// file from anywhere too.
    private static let otherTables: StaticString = """
        SELECT
            (SELECT count(*) FROM pragma_table_list
                WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite@_%' ESCAPE '@')
            + (SELECT count(*) FROM pragma_table_list AS listed JOIN pragma_table_info(listed.name, 'main') AS field
                WHERE listed.schema = 'main' AND field.type <> 'INTEGER' AND (listed.name, field.name) IN (
                    VALUES ('person', 'id'), ('template', 'id'), ('template', 'person'), ('thumbnail', 'template'),
                        ('removal', 'version'), ('removal', 'template'), ('membership', 'person'),
                        ('event', 'sequence'), ('trace', 'id')))
        """

    /// Brings a file to the present version, in one transaction.
    ///
    /// - Parameter busyTimeout: How long to wait for another process, in milliseconds.
    static func migrate(
        _ connection: SQLiteConnection, path: String, busyTimeout: Int32
    ) throws(GalleryError) {
        let found = try connection.transaction(.read) { (c) throws(GalleryError) in
            let version = try version(of: c, path: path)
            try requireItsTables(c, path: path)
            return version
        }
        try useLog(connection, busyTimeout: busyTimeout)
        guard (found ?? 0) < version else { return }
        try connection.transaction(.write) { (c) throws(GalleryError) in
            // Another process may have been faster.
            for step in migrations[(try version(of: c, path: path) ?? 0)...] { try c.script(step) }
        }
    }

    /// Makes the file keep a write-ahead log, so that readers and a writer don't wait for each other. The file
    /// remembers it.
    private static func useLog(_ connection: SQLiteConnection, busyTimeout: Int32) throws(GalleryError) {
        let end = ContinuousClock.now + .milliseconds(busyTimeout)
        while true {
            do throws(GalleryError) {
                return try connection.run("PRAGMA journal_mode = WAL")
            } catch .busy where ContinuousClock.now < end {
                // SQLite doesn't wait when two processes do this at once to a new file: each could wait for the other.
                usleep(1000)
            }
        }
    }

    /// A gallery holds one space, as long as it has templates; a photo is one person's. Times are milliseconds since 1970, embeddings little-endian
    /// 32-bit floats.
    private static let first: StaticString = """
        CREATE TABLE space (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            model TEXT NOT NULL,
            model_sha256 TEXT NOT NULL,
            profile TEXT NOT NULL,
            dimension INTEGER NOT NULL CHECK (dimension > 0)
        ) STRICT;

        CREATE TABLE person (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            key TEXT NOT NULL UNIQUE,
            created INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE template (
            id INTEGER PRIMARY KEY,
            person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
            space INTEGER NOT NULL REFERENCES space (id),
            embedding BLOB NOT NULL,
            photo_sha256 BLOB NOT NULL UNIQUE CHECK (length(photo_sha256) = 32),
            created INTEGER NOT NULL
        ) STRICT;

        CREATE INDEX template_of_person ON template (person);

        PRAGMA application_id = 0x46505254;
        PRAGMA user_version = 1;
        """
}
