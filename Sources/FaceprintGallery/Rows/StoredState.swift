/// The gallery's row of counters and settings.
enum StoredState {
    /// To be called in each transaction that changes people or templates, before it does.
    ///
    /// - Returns: The version that the rows which are changed have to carry.
    static func nextPeopleVersion(in connection: any Connection) throws(GalleryError) -> Int {
        try connection.run("UPDATE state SET people_version = people_version + 1")
        let version = try connection.number("SELECT people_version FROM state") ?? 0
        guard version > 0 else { throw .damaged(path: connection.name, reason: "its version is \(version)") }
        return version
    }
}

extension Gallery {
    /// A number that grows with every change of people or templates, by whatever process, so that whoever keeps what
    /// they read knows when to read again. Cheap.
    public func peopleVersion() throws(GalleryError) -> Int {
        try store.read { (c) throws(GalleryError) in try peopleVersion(in: c) }
    }

    func peopleVersion(in connection: any Connection) throws(GalleryError) -> Int {
        guard let version = try connection.number("SELECT people_version FROM state") else { throw stateIsMissing }
        return version
    }

    var stateIsMissing: GalleryError { .damaged(path: location, reason: "the row of its counters is missing") }
}
