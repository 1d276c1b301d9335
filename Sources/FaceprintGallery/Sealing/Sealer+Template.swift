/// The columns of a template's row that its sealed embedding is bound to: all others.
struct TemplateRow<Bytes: Collection<UInt8>> {
    let id: Int
    let uuid: Bytes
    let photo: Bytes
    let created: Int
    let quality: Double?
    let expires: Int?
    let space: Int
    let changed: Int
}

extension TemplateRow<UnsafeRawBufferPointer> {
    /// Valid until the statement's next step.
    ///
    /// - Parameter row: Begins with the columns `template.id, template.uuid, photo_sha256, template.created, quality,
    ///   expires, space, template.changed`.
    init(_ row: any Statement) {
        id = row.integer(0)
        uuid = row.bytes(1)
        photo = row.bytes(2)
        created = row.integer(3)
        quality = row.real(4)
        expires = row.isNull(5) ? nil : row.integer(5)
        space = row.integer(6)
        changed = row.integer(7)
    }
}

extension TemplateRow {
    /// The same row as it is after a change.
    func changed(at version: Int) -> TemplateRow {
        TemplateRow(
            id: id, uuid: uuid, photo: photo, created: created, quality: quality, expires: expires, space: space,
            changed: version)
    }
}

extension Sealer {
    /// What the embeddings of one space are bound to, whatever the row.
    func boundData(of space: StoredSpace) -> BoundData {
        var bound = BoundData("faceprint template")
        bound.append(gallery)
        bound.append(space.space.model)
        bound.append(space.space.modelSHA256)
        bound.append(space.space.profile)
        bound.append(space.dimension)
        return bound
    }

    /// An embedding as it stands in a row. Whether there is a thumbnail is sealed with it, so that one can't be taken
    /// away, and a search needn't look for it.
    ///
    /// - Parameter person: The `uuid` of the person whose template it is.
    func seal(
        _ embedding: [UInt8], hasThumbnail: Bool, of row: TemplateRow<some Collection<UInt8>>, person: [UInt8],
        space: StoredSpace
    ) -> [UInt8] {
        var bound = boundData(of: space)
        bound.append(row, person: person)
        let plain = [hasThumbnail ? 1 : 0] + embedding
        return plain.withUnsafeBytes { Sodium.seal($0, bound: bound.bytes, key: templateKey) }
    }

    /// A thumbnail as it stands in a row.
    ///
    /// - Parameters:
    ///   - template: The number of its template's row.
    ///   - uuid: Its template's.
    func seal(thumbnail: [UInt8], of template: Int, uuid: [UInt8]) -> [UInt8] {
        let bound = boundData(ofThumbnailOf: template, uuid: uuid)
        return thumbnail.withUnsafeBytes { Sodium.seal($0, bound: bound, key: thumbnailKey) }
    }

    /// - Returns: nil where it isn't what was sealed.
    func open(thumbnail: UnsafeRawBufferPointer, of template: Int, uuid: [UInt8]) -> [UInt8]? {
        let bound = boundData(ofThumbnailOf: template, uuid: uuid)
        var plain = [UInt8](repeating: 0, count: max(0, thumbnail.count - Sodium.sealSize))
        let isOpened = plain.withUnsafeMutableBytes {
            Sodium.open(thumbnail, bound: bound, key: thumbnailKey, into: $0)
        }
        return isOpened ? plain : nil
    }

    /// What to say of sealed bytes that don't open.
    static func alteration(count: Int, plain: Int) -> String {
        count == plain + Sodium.sealSize
            ? "it was altered, or moved here from elsewhere, by somebody without the seal key"
            : "it has \(count) bytes instead of \(plain + Sodium.sealSize)"
    }

    private func boundData(ofThumbnailOf template: Int, uuid: [UInt8]) -> [UInt8] {
        var bound = BoundData("faceprint thumbnail")
        bound.append(gallery)
        bound.append(template)
        bound.append(uuid)
        return bound.bytes
    }
}

extension BoundData {
    /// - Parameter person: The `uuid` of the person whose template it is.
    mutating func append(_ row: TemplateRow<some Collection<UInt8>>, person: [UInt8]) {
        append(person)
        append(row.id)
        append(row.uuid)
        append(row.photo)
        append(row.created)
        append(row.quality)
        append(row.expires)
        append(row.space)
        append(row.changed)
    }
}
