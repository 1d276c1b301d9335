import Faceprint
import Foundation

/// The lines of an export after its header, checked, some at a time.
struct ImportedLines {
    /// What is stored in one transaction.
    struct Batch {
        typealias Entry = (line: Int, person: String, template: Template)

        var people: [(line: Int, person: ExportedPerson)] = []
        var templates: [Entry] = []
        var defects: [ImportConflict] = []
        var expired = 0

        var count: Int { people.count + templates.count + defects.count + expired }
    }

    let header: ExportLine.Header
    let space: EmbeddingSpace?
    /// How many lines of people and of templates were read.
    private var people = 0
    private(set) var templates = 0
    private var isAtEnd = false
    /// What is wrong after the lines that were given out last.
    private var failure: GalleryError?

    /// A transaction waits for the disk once.
    private static let batch = 1000
    /// Thumbnails are large: how long a batch's lines may be together, in bytes.
    private static let batchBytes = 8 << 20

    /// - Throws: ``GalleryError/damagedExport(line:reason:)`` for a space that no gallery can have.
    init(_ header: ExportLine.Header) throws(GalleryError) {
        self.header = header
        space = header.space.map { EmbeddingSpace(model: $0.model, modelSHA256: $0.modelSHA256, profile: $0.profile) }
        if let space, let dimension = header.space?.dimension,
            let defect = StoredSpace.defect(of: space, dimension: dimension)
        {
            throw .damagedExport(line: 1, reason: defect)
        }
    }

    /// - Returns: nil after the last line.
    /// - Throws: After all that stands before it was given out.
    mutating func next(_ reader: inout ExportReader) throws(GalleryError) -> Batch? {
        if let failure { throw failure }
        if isAtEnd { return nil }
        var batch = Batch()
        do throws(GalleryError) {
            var bytes = 0
            while !isAtEnd, batch.count < Self.batch, bytes < Self.batchBytes {
                try take(&reader, into: &batch)
                bytes += reader.length
            }
        } catch {
            failure = error
        }
        return batch
    }

    private mutating func take(_ reader: inout ExportReader, into batch: inout Batch) throws(GalleryError) {
        guard let line = try reader.next() else { throw .exportCutOff }
        switch line {
        case .header:
            throw .damagedExport(line: reader.number, reason: "it is a second header")
        case .person(let person):
            try Self.check(person, line: reader.number)
            people += 1
            batch.people.append((reader.number, person))
        case .template(let template):
            templates += 1
            if let end = template.expires, end <= Date() {
                batch.expired += 1
                return
            }
            do throws(GalleryError) {
                batch.templates.append((reader.number, template.person, try self.template(template)))
            } catch {
                batch.defects.append(ImportConflict(line: reader.number, person: template.person, error: error))
            }
        case .end(let end):
            isAtEnd = true
            try check(end, &reader)
        }
    }

    private static func check(_ person: ExportedPerson, line: Int) throws(GalleryError) {
        let count = person.groups?.count ?? 0
        guard count <= ExportedPerson.groupLimit else {
            throw .damagedExport(
                line: line, reason: "it names \(count) groups; \(ExportedPerson.groupLimit) are allowed")
        }
    }

    private func check(_ end: ExportLine.End, _ reader: inout ExportReader) throws(GalleryError) {
        guard end.people == people, end.templates == templates else {
            throw .damagedExport(
                line: reader.number,
                reason: "it counts \(end.people) people and \(end.templates) templates; "
                    + "there were \(people) and \(templates)")
        }
        guard try reader.next() == nil else {
            throw .damagedExport(line: reader.number, reason: "it comes after the end")
        }
    }

    private func template(_ line: ExportedTemplate) throws(GalleryError) -> Template {
        guard let space, let dimension = header.space?.dimension else {
            throw .invalidTemplate(reason: "the export doesn't say which model encoded it")
        }
        var values: [Float] = []
        let defect = line.embedding.withUnsafeBytes {
            StoredEmbedding.append($0, to: &values, dimension: dimension)
        }
        guard defect == nil, let embedding = try? Embedding(normalizing: values, space: space) else {
            throw .invalidTemplate(reason: "its embedding can't be read: \(defect ?? "it is none")")
        }
        return Template(
            embedding: embedding, photoSHA256: line.photoSHA256, created: line.created, id: line.id,
            thumbnail: line.thumbnail.map(Array.init) ?? [], quality: line.quality, expires: line.expires)
    }
}
