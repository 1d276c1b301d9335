extension SQLiteSchema {
    /// What an index in memory, sealing, retention and groups need.
    ///
    /// `changed` is the `people_version` at which a row was last changed, and `removal` names the templates that are
    /// gone, so that whoever keeps an index reads only what is new: see `Gallery.changes(since:)`.
    ///
    /// A person's `seal` and the row `sealing` are there in a sealed gallery: see `Sealer`. A template that `expires`
    /// is to be erased then. Retentions are in seconds. The log begins after `log_sequence`, whose hash was `log_hash`:
    /// older events were pruned.
    static let third: StaticString = """
        ALTER TABLE person ADD COLUMN uuid BLOB CHECK (length(uuid) = 16);
        ALTER TABLE person ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE person ADD COLUMN seal BLOB;
        UPDATE person SET uuid = randomblob(16);
        CREATE UNIQUE INDEX person_of_uuid ON person (uuid);
        CREATE INDEX person_of_change ON person (changed);

        ALTER TABLE template ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE template ADD COLUMN expires INTEGER;
        CREATE INDEX template_of_change ON template (changed);
        CREATE INDEX template_of_expiry ON template (expires) WHERE expires IS NOT NULL;

        CREATE TABLE removal (
            version INTEGER NOT NULL,
            template INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX removal_of_version ON removal (version);

        CREATE TABLE membership (
            person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            key TEXT NOT NULL,
            PRIMARY KEY (person, key)
        ) STRICT;
        CREATE INDEX membership_of_key ON membership (key);

        CREATE TABLE sealing (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            key_id BLOB NOT NULL CHECK (length(key_id) = 16),
            wrapped BLOB NOT NULL,
            salt BLOB,
            passes INTEGER,
            memory INTEGER
        ) STRICT;

        ALTER TABLE state ADD COLUMN gallery BLOB CHECK (length(gallery) = 16);
        ALTER TABLE state ADD COLUMN changes_start INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE state ADD COLUMN template_retention INTEGER;
        ALTER TABLE state ADD COLUMN event_retention INTEGER;
        ALTER TABLE state ADD COLUMN log_sequence INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE state ADD COLUMN log_hash BLOB CHECK (length(log_hash) = 32);
        UPDATE state SET gallery = randomblob(16), changes_start = people_version;

        PRAGMA user_version = 3;
        """
}
