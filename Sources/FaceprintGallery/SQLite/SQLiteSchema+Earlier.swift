extension SQLiteSchema {
    /// Lets a file of an earlier version be read as if it had the present one, and leaves it as it is: a gallery on
    /// read-only media can't be brought forward.
    ///
    /// - Parameter version: Of the file, from 1 to the present one.
    static func showAsPresent(_ version: Int, in connection: SQLiteConnection) throws(GalleryError) {
        switch version {
        case 1: try connection.script(firstAsPresent)
        case 2: try connection.script(secondAsPresent)
        default: return
        }
        try connection.script(newInThird)
    }

    // SQLite looks for a name among a connection's temporary views first.

    /// The ids are those that ``second`` gives.
    private static let firstAsPresent: StaticString = """
        CREATE TEMP VIEW person AS
            SELECT *, NULL AS badge, NULL AS badge_key, NULL AS uuid, 0 AS changed, NULL AS seal FROM main.person;
        CREATE TEMP VIEW template AS
            SELECT *, substr(photo_sha256, 17) AS uuid, NULL AS quality, 0 AS changed, NULL AS expires
            FROM main.template;
        CREATE TEMP TABLE thumbnail (template INTEGER PRIMARY KEY, jpeg BLOB);
        CREATE TEMP TABLE state (people_version INTEGER, keys_version INTEGER, identification_threshold REAL);
        INSERT INTO state (people_version, keys_version) VALUES (0, 0);
        CREATE TEMP TABLE event (
            sequence INTEGER PRIMARY KEY, time INTEGER, kind TEXT, actor TEXT, person TEXT, person_key TEXT,
            detail TEXT, hash BLOB
        );
        CREATE TEMP TABLE key (
            id TEXT, name TEXT, name_key TEXT, scopes TEXT, hash TEXT, created INTEGER
        );
        CREATE TEMP TABLE session (token_sha256 BLOB, key TEXT, expires INTEGER);
        """

    private static let secondAsPresent: StaticString = """
        CREATE TEMP VIEW person AS SELECT *, NULL AS uuid, 0 AS changed, NULL AS seal FROM main.person;
        CREATE TEMP VIEW template AS SELECT *, 0 AS changed, NULL AS expires FROM main.template;
        CREATE TEMP TABLE state AS
            SELECT people_version, keys_version, identification_threshold FROM main.state;
        """

    /// No change is known by its version: whoever keeps an index makes it anew.
    private static let newInThird: StaticString = """
        ALTER TABLE temp.state ADD COLUMN gallery BLOB;
        ALTER TABLE temp.state ADD COLUMN changes_start INTEGER;
        ALTER TABLE temp.state ADD COLUMN template_retention INTEGER;
        ALTER TABLE temp.state ADD COLUMN event_retention INTEGER;
        ALTER TABLE temp.state ADD COLUMN log_sequence INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE temp.state ADD COLUMN log_hash BLOB;
        UPDATE temp.state SET changes_start = people_version;
        CREATE TEMP TABLE removal (version INTEGER, template INTEGER);
        CREATE TEMP TABLE membership (person INTEGER, name TEXT, key TEXT);
        CREATE TEMP TABLE sealing (
            id INTEGER, key_id BLOB, wrapped BLOB, salt BLOB, passes INTEGER, memory INTEGER
        );
        """
}
