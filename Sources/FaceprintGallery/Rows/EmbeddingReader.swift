/// Reads embeddings from rows, and opens them in a sealed gallery.
struct EmbeddingReader {
    private let dimension: Int
    private let sealer: Sealer?
    private let prefix: BoundData
    private var plain: [UInt8]
    /// Whether the last row's template has a thumbnail; nil in a gallery that isn't sealed, whose rows don't say so.
    private(set) var hasThumbnail: Bool?

    /// - Parameter sealer: nil in a gallery that isn't sealed.
    init(_ space: StoredSpace, sealer: Sealer?) {
        dimension = space.dimension
        self.sealer = sealer
        prefix = sealer?.boundData(of: space) ?? BoundData("")
        plain = [UInt8](repeating: 0, count: sealer == nil ? 0 : 1 + 4 * space.dimension)
    }

    /// Appends the components of a row's embedding.
    ///
    /// - Parameters:
    ///   - row: Begins with the columns `template.id, template.uuid, photo_sha256, template.created, quality, expires,
    ///     space, template.changed, embedding`.
    ///   - person: The 16 bytes of the `uuid` of the person whose template it is.
    /// - Returns: What is wrong with it, or nil; after a defect the appended values mean nothing.
    mutating func append(_ row: any Statement, person: [UInt8], to values: inout [Float]) -> String? {
        let stored = row.bytes(8)
        guard let sealer else { return StoredEmbedding.append(stored, to: &values, dimension: dimension) }
        var bound = prefix
        bound.append(TemplateRow(row), person: person)
        let isOpened = plain.withUnsafeMutableBytes {
            Sodium.open(stored, bound: bound.bytes, key: sealer.templateKey, into: $0)
        }
        guard isOpened else { return Sealer.alteration(count: stored.count, plain: plain.count) }
        hasThumbnail = plain[0] != 0
        return plain.withUnsafeBytes {
            StoredEmbedding.append(UnsafeRawBufferPointer(rebasing: $0[1...]), to: &values, dimension: dimension)
        }
    }
}
