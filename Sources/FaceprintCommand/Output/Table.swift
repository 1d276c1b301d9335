/// Rows in columns, for people.
struct Table {
    private var rows: [[String]]

    init(_ header: String...) { self.init(header) }

    init(_ header: [String]) { rows = [header] }

    mutating func append(_ cells: String...) { append(cells) }

    mutating func append(_ cells: [String]) { rows.append(cells) }

    /// Columns two spaces apart; the last one isn't padded.
    var lines: [String] {
        let columns = rows[0].indices
        let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            columns.map { $0 == columns.last ? row[$0] : row[$0].padded(to: widths[$0]) }.joined(separator: "  ")
        }
    }

    func print() { lines.forEach(Console.line) }
}
