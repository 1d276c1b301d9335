/// The gallery's row of counters and settings.
enum StoredState {
    /// To be called in each transaction that changes people or templates.
    static func peopleChanged(in connection: borrowing Connection) throws(GalleryError) {
        try connection.run("UPDATE state SET people_version = people_version + 1")
    }
}

extension Gallery {
    /// A number that grows with every change of people or templates, by whatever process, so that whoever keeps an
    /// ``index()`` knows when to make it again. Cheap.
    public func peopleVersion() throws(GalleryError) -> Int {
        try read { (c) throws(GalleryError) in
            guard let version = try c.number("SELECT people_version FROM state") else { throw stateIsMissing }
            return version
        }
    }

    var stateIsMissing: GalleryError { .damaged(path: path, reason: "the row of its counters is missing") }
}
