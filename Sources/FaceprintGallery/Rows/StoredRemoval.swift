/// The journal of templates that are gone, for whoever keeps an index.
enum StoredRemoval {
    /// How many versions of removals are remembered.
    static let memory = 10_000

    /// Notes a template that is about to be deleted.
    static func note(template: Int, version: Int, in connection: any Connection) throws(GalleryError) {
        try connection.run(
            "INSERT INTO removal (version, template) VALUES (?1, ?2)", .integer(version), .integer(template))
    }

    /// Notes all templates of a person who is about to be deleted.
    static func noteTemplates(of person: Int, version: Int, in connection: any Connection) throws(GalleryError) {
        try connection.run(
            "INSERT INTO removal (version, template) SELECT ?1, id FROM template WHERE person = ?2",
            .integer(version), .integer(person))
    }

    /// Forgets what is too old to be asked for.
    static func prune(version: Int, in connection: any Connection) throws(GalleryError) {
        try connection.run("DELETE FROM removal WHERE version <= ?1", .integer(version - memory))
        try connection.run(
            "UPDATE state SET changes_start = ?1 WHERE changes_start < ?1", .integer(version - memory))
    }
}
