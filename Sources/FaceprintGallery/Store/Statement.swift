/// A statement that was given its values, and the rows of its result.
protocol Statement: AnyObject {
    /// Goes to the next row of the result.
    ///
    /// - Returns: False after the last row.
    func step() throws(GalleryError) -> Bool

    /// A column of the row as a number; 0 where it is none.
    func integer(_ column: Int32) -> Int

    /// A column of the row as a number; nil where it is NULL.
    func real(_ column: Int32) -> Double?

    func isNull(_ column: Int32) -> Bool

    /// The bytes of a column of the row, of a text or a blob, valid until the next step.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer
}

extension Statement {
    /// A column of the row as text; empty where it is NULL.
    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
}
