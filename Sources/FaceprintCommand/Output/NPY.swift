/// NumPy's file of one array, version 1.0: little-endian float32, `[rows][columns]`.
enum NPY {
    static func bytes(_ rows: [[Float]]) -> [UInt8] {
        let columns = rows.first?.count ?? 0
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows.count), \(columns)), }"
        // Magic, version and length take 10 bytes; the data starts at a multiple of 64.
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        withUnsafeBytes(of: UInt16(header.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: header.utf8)
        for row in rows { row.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }
}
