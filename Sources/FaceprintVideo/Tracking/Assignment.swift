/// The assignment of rows to columns of the lowest total cost, where a row may also stay alone.
///
/// H. W. Kuhn, *The Hungarian method for the assignment problem*, 1955, with potentials, a row at a time: O(r²·c) for r
/// rows and c columns.
///
/// - Parameters:
///   - costs: `[rows][columns]`, all rows of one length; infinite where a row can't have a column.
///   - alone: What a row costs that gets no column.
/// - Returns: For each row its column, or nil.
func assignment(of costs: [[Float]], alone: Float) -> [Int?] {
    guard let columns = costs.first?.count else { return [] }
    let rows = costs.count
    // Behind the columns there is one a row, which stands for none; so there is always a way.
    func cost(_ row: Int, _ column: Int) -> Float {
        guard column < columns else { return alone }
        return costs[row][column].isFinite ? costs[row][column] : 1e9
    }
    let width = columns + rows
    var rowPotential = [Float](repeating: 0, count: rows)
    // The last column is where a row waits for its place.
    var columnPotential = [Float](repeating: 0, count: width + 1)
    var rowOf = [Int?](repeating: nil, count: width + 1)
    for row in 0..<rows {
        rowOf[width] = row
        var column = width
        var least = [Float](repeating: .infinity, count: width)
        var before = [Int](repeating: width, count: width)
        var isDone = [Bool](repeating: false, count: width + 1)
        while let present = rowOf[column] {
            isDone[column] = true
            var (step, next) = (Float.infinity, 0)
            for other in 0..<width where !isDone[other] {
                let reduced = cost(present, other) - rowPotential[present] - columnPotential[other]
                if reduced < least[other] { (least[other], before[other]) = (reduced, column) }
                if least[other] < step { (step, next) = (least[other], other) }
            }
            for other in 0...width {
                if isDone[other] {
                    rowPotential[rowOf[other]!] += step
                    columnPotential[other] -= step
                } else if other < width {
                    least[other] -= step
                }
            }
            column = next
        }
        while column != width {
            rowOf[column] = rowOf[before[column]]
            column = before[column]
        }
    }
    var result = [Int?](repeating: nil, count: rows)
    for column in 0..<columns {
        if let row = rowOf[column], costs[row][column].isFinite { result[row] = column }
    }
    return result
}
