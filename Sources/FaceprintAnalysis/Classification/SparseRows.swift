import CSVM

/// Vectors as libsvm reads them: numbered from 1, with an end mark. They are there as long as this is.
final class SparseRows {
    /// `[rows]`: where each begins.
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<svm_node>?>
    private let nodes: UnsafeMutablePointer<svm_node>

    /// - Parameter rows: `[n][numbers]`, all of one length.
    init(_ rows: [[Float]]) {
        let size = (rows.first?.count ?? 0) + 1
        nodes = .allocate(capacity: rows.count * size)
        pointers = .allocate(capacity: rows.count)
        for (i, row) in rows.enumerated() {
            let start = nodes + i * size
            for (j, value) in row.enumerated() {
                (start + j).initialize(to: svm_node(index: Int32(j + 1), value: Double(value)))
            }
            (start + size - 1).initialize(to: svm_node(index: -1, value: 0))
            (pointers + i).initialize(to: start)
        }
    }

    deinit {
        nodes.deallocate()
        pointers.deallocate()
    }
}
