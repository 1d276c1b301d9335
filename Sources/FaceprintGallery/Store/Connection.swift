/// A connection to a database, in a transaction.
///
/// Statements are written once, for all databases: parameters are `?1`, `?2` and so on, and only what all of them
/// understand alike is used. What differs is the schema.
protocol Connection: AnyObject {
    func prepare(_ sql: StaticString, _ values: [SQLValue]) throws(GalleryError) -> any Statement

    /// Is told of each template that was stored: a database that searches by itself keeps its vector once more.
    func didStore(_ vector: SearchedVector) throws(GalleryError)
}

/// What a database that searches by itself needs of a template.
struct SearchedVector {
    /// The number of the template's row.
    let template: Int
    /// The number of the person's row.
    let person: Int
    /// In milliseconds since 1970; nil for never.
    let expires: Int?
    /// `[dimension]`, of unit length.
    let values: [Float]
}

extension Connection {
    func didStore(_ vector: SearchedVector) {}

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
