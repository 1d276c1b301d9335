import CLAPACK

/// The eigenvectors of a symmetric matrix with the largest eigenvalues, largest first, by LAPACK's `dsyevr`.
///
/// - Parameters:
///   - matrix: `[side][side]`; only what is on and above the diagonal is read.
///   - count: 1…side.
/// - Throws: ``AnalysisError/noEigenvectors(code:)``.
func largestEigenpairs(
    of matrix: [Double], side: Int, count: Int
) throws(AnalysisError) -> [(value: Double, vector: [Double])] {
    var (matrix, found) = (matrix, Int32(0))
    var values = [Double](repeating: 0, count: side)
    var vectors = [Double](repeating: 0, count: side * count)
    var support = [Int32](repeating: 0, count: 2 * count)
    let (n, k) = (Int32(side), Int32(count))
    // By rows the vectors are the columns of a matrix of `count` columns. Eigenvalues are numbered upwards from 1.
    let code = LAPACKE_dsyevr(
        LAPACK_ROW_MAJOR, CChar(bitPattern: UInt8(ascii: "V")), CChar(bitPattern: UInt8(ascii: "I")),
        CChar(bitPattern: UInt8(ascii: "U")), n, &matrix, n, 0, 0, n - k + 1, n, 0, &found, &values, &vectors, k,
        &support)
    guard code == 0, found == k else { throw .noEigenvectors(code: Int(code)) }
    return (0..<count).reversed().map { column in
        (values[column], (0..<side).map { vectors[$0 * count + column] })
    }
}
