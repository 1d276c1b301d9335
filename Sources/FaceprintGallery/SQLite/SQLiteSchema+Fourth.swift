extension SQLiteSchema {
    /// A row of `trace` says that something was removed, or replaced, of which the file may still have copies in its
    /// free space: see `SQLiteStore.eraseTraces(always:)`.
    static let fourth: StaticString = """
        CREATE TABLE trace (id INTEGER PRIMARY KEY) STRICT;

        PRAGMA user_version = 4;
        """
}
