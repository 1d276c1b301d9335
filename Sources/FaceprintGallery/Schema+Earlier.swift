extension Schema {
    /// Lets a file of an earlier version be read as if it had the present one, and leaves it as it is: a gallery on
    /// read-only media can't be brought forward.
    ///
    /// - Parameter version: Of the file, from 1 to the present one.
    static func showAsPresent(_ version: Int, in connection: borrowing Connection) throws(GalleryError) {
        if version == 1 { try connection.script(firstAsPresent) }
    }

    /// SQLite looks for a name among a connection's temporary views first. The ids are those that ``second`` gives.
    private static let firstAsPresent: StaticString = """
        CREATE TEMP VIEW person AS SELECT *, NULL AS badge, NULL AS badge_key FROM main.person;
        CREATE TEMP VIEW template AS
            SELECT *, substr(photo_sha256, 17) AS uuid, NULL AS quality FROM main.template;
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
}
