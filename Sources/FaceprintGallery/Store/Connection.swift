/// A connection to a database, in a transaction.
///
/// Statements are written once, for all databases: parameters are `?1`, `?2` and so on, and only what all of them
/// understand alike is used. What differs is the schema.
protocol Connection: AnyObject {
    /// Of the store, for messages.
    var name: String { get }

    func prepare(_ sql: StaticString, _ values: [SQLValue]) throws(GalleryError) -> any Statement

    /// The version of the layout that the database has.
    func layoutVersion() throws(GalleryError) -> Int

    /// How many bytes the gallery takes on the disk, indexes and free space among them.
    func size() throws(GalleryError) -> Int

    /// What the database itself finds wrong: a line each, none where all is well.
    func structuralDefects() throws(GalleryError) -> [String]

    /// Is told of each template that was stored, as it is when it isn't sealed: a database that searches by itself keeps
    /// its vector once more.
    func didStore(_ template: SearchedTemplate) throws(GalleryError)

    /// Is told that the gallery was sealed: such vectors don't stay, unless that was chosen.
    func didSeal() throws(GalleryError)

    /// Is told that something was removed or replaced of which nothing may be left: a database that can erase its free
    /// space remembers to, until ``Store/eraseTraces(always:)`` has done it.
    func didRemove() throws(GalleryError)
}

extension Connection {
    func didStore(_ template: SearchedTemplate) {}

    func didSeal() {}

    func didRemove() {}

    /// The number for a new row.
    ///
    /// - Parameter highest: Reads the highest so far.
    func number(after highest: StaticString) throws(GalleryError) -> Int {
        let (next, isTooHigh) = (try number(highest) ?? 0).addingReportingOverflow(1)
        guard !isTooHigh else { throw .damaged(path: name, reason: "there is no number left for a new row") }
        return next
    }

    func prepare(_ sql: StaticString, _ values: SQLValue...) throws(GalleryError) -> any Statement {
        try prepare(sql, values)
    }

    /// Runs a statement to its end, and ignores its rows.
    func run(_ sql: StaticString, _ values: SQLValue...) throws(GalleryError) {
        let statement = try prepare(sql, values)
        while try statement.step() {}
    }

    /// The number in the first column of a statement's first row, or nil where there is no row.
    func number(_ sql: StaticString, _ values: SQLValue...) throws(GalleryError) -> Int? {
        let statement = try prepare(sql, values)
        return try statement.step() ? statement.integer(0) : nil
    }
}
