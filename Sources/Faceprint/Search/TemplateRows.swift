/// Whose template each row of an index is, and where each person's rows are. Each change takes the same time
/// however many rows there are.
struct TemplateRows: Sendable {
    private struct Row {
        var id: Int
        var owner: Int32
        /// The owner's other rows, in a ring.
        var previous: Int32
        var next: Int32
    }

    private var rows: [Row] = []
    private var rowsByID: [Int: Int32] = [:]

    var count: Int { rows.count }

    mutating func reserveCapacity(_ capacity: Int) {
        rows.reserveCapacity(capacity)
        rowsByID.reserveCapacity(capacity)
    }

    func id(of row: Int) -> Int { rows[row].id }
    func owner(of row: Int) -> Int { Int(rows[row].owner) }
    func row(of id: Int) -> Int? { rowsByID[id].map(Int.init) }

    /// All rows of the owner of one of them.
    func rows(with row: Int) -> [Int] {
        var all = [row]
        while Int(rows[all.last!].next) != row { all.append(Int(rows[all.last!].next)) }
        return all
    }

    /// Adds the row of number ``count``.
    ///
    /// - Parameter other: Another row of the owner; nil for the first.
    /// - Precondition: The id is new.
    mutating func append(id: Int, owner: Int, with other: Int?) {
        let row = Int32(rows.count)
        rowsByID[id] = row
        rows.append(Row(id: id, owner: Int32(owner), previous: row, next: row))
        guard let other else { return }
        let next = rows[other].next
        rows[Int(row)].previous = Int32(other)
        rows[Int(row)].next = next
        rows[other].next = row
        rows[Int(next)].previous = row
    }

    /// Takes a row out; the last row moves into its place.
    ///
    /// - Returns: Another row of the same owner, as it is numbered before the move; nil when it was the only one.
    mutating func remove(_ row: Int) -> Int? {
        let (previous, next) = (rows[row].previous, rows[row].next)
        rows[Int(previous)].next = next
        rows[Int(next)].previous = previous
        rowsByID[rows[row].id] = nil
        let last = rows.removeLast()
        if row < rows.count {
            rows[row] = last
            rowsByID[last.id] = Int32(row)
            let isAlone = Int(last.next) == rows.count
            if isAlone {
                rows[row].previous = Int32(row)
                rows[row].next = Int32(row)
            } else {
                rows[Int(last.previous)].next = Int32(row)
                rows[Int(last.next)].previous = Int32(row)
            }
        }
        return Int(next) == row ? nil : Int(next)
    }
}
