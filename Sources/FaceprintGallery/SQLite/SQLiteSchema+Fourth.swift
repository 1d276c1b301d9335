extension SQLiteSchema {
    /// A row of `trace` says that something was removed, or replaced, of which the file may still have copies in its
    /// free space: see `SQLiteStore.eraseTraces(always:)`. No number comes twice, so that a trace isn't taken for one
    /// that is erased. Earlier versions didn't remember theirs.
    static let fourth: StaticString = """
        CREATE TABLE trace (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;
        INSERT INTO trace (id) SELECT 1 FROM state WHERE people_version > 0;

        PRAGMA user_version = 4;
        """
}
