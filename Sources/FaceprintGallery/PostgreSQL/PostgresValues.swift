#if PostgreSQL
    import CPostgres

    /// PostgreSQL's numbers for types that never change.
    extension Oid {
        static let bool: Oid = 16
        static let bytea: Oid = 17
        static let int8: Oid = 20
        static let int2: Oid = 21
        static let int4: Oid = 23
        static let text: Oid = 25
        static let float4: Oid = 700
        static let float8: Oid = 701
    }

    /// Values as PostgreSQL takes them: in its binary form, numbers with the highest byte first.
    struct PostgresValues {
        let types: [Oid]
        private var bytes: [UInt8] = []
        /// nil for NULL.
        private var ranges: [Range<Int>?] = []

        init(_ values: [SQLValue]) {
            types = values.map { value in
                switch value {
                case .integer: .int8
                case .real: .float8
                case .text: .text
                case .blob: .bytea
                }
            }
            for value in values {
                let start = bytes.count
                switch value {
                case .integer(let number?): append(UInt64(bitPattern: Int64(number)))
                case .real(let number?): append(number.bitPattern)
                case .text(let text?): bytes += text.utf8
                case .blob(let blob?): bytes += blob
                case .integer(nil), .real(nil), .text(nil), .blob(nil):
                    ranges.append(nil)
                    continue
                }
                ranges.append(start..<bytes.count)
            }
            // An empty value is one too, and has an address.
            bytes.append(0)
        }

        private mutating func append(_ number: UInt64) {
            withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
        }

        /// - Parameter body: Is given the addresses, the lengths in bytes, and for each that it is binary.
        func withPointers<Result>(
            _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> Result
        ) -> Result {
            bytes.withUnsafeBytes { buffer in
                let start = buffer.baseAddress!.assumingMemoryBound(to: CChar.self)
                return body(
                    ranges.map { $0.map { start + $0.lowerBound } }, ranges.map { Int32($0?.count ?? 0) },
                    ranges.map { _ in 1 })
            }
        }
    }
#endif
