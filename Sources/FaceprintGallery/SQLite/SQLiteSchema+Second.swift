extension SQLiteSchema {
    /// Templates have an id of their own (16 bytes), a quality and a thumbnail; people may have a badge, and need no
    /// template.
    ///
    /// Thumbnails stand apart, so that a search reads past none. The id of a template of version 1 follows from its
    /// photo, so that it is the same before and after. `people_version` and `keys_version` grow with every change.
    ///
    /// What happens is recorded in `event`, whose rows are only ever added: ``StoredEvent``. Of keys and sessions there
    /// are only hashes of what is secret.
    static let second: StaticString = """
        ALTER TABLE person ADD COLUMN badge TEXT;
        ALTER TABLE person ADD COLUMN badge_key TEXT;
        CREATE UNIQUE INDEX person_of_badge ON person (badge_key);

        ALTER TABLE template ADD COLUMN uuid BLOB CHECK (length(uuid) = 16);
        ALTER TABLE template ADD COLUMN quality REAL CHECK (quality BETWEEN 0 AND 100);
        UPDATE template SET uuid = substr(photo_sha256, 17);
        CREATE UNIQUE INDEX template_of_uuid ON template (uuid);

        CREATE TABLE thumbnail (
            template INTEGER PRIMARY KEY REFERENCES template (id) ON DELETE CASCADE,
            jpeg BLOB NOT NULL
        ) STRICT;

        CREATE TABLE state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            people_version INTEGER NOT NULL,
            keys_version INTEGER NOT NULL,
            identification_threshold REAL
        ) STRICT;
        INSERT INTO state (id, people_version, keys_version) VALUES (1, 0, 0);

        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            actor TEXT NOT NULL,
            person TEXT,
            person_key TEXT,
            detail TEXT NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE INDEX event_of_person ON event (person_key, sequence) WHERE person_key IS NOT NULL;

        CREATE TABLE key (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            scopes TEXT NOT NULL,
            hash TEXT NOT NULL,
            created INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE session (
            token_sha256 BLOB PRIMARY KEY CHECK (length(token_sha256) = 32),
            key TEXT NOT NULL REFERENCES key (id) ON DELETE CASCADE,
            expires INTEGER NOT NULL
        ) STRICT;

        PRAGMA user_version = 2;
        """
}
