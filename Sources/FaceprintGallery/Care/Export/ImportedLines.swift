import Faceprint
import Foundation

/// The lines of an export after its header, checked, some at a time.
struct ImportedLines {
    /// What is stored in one transaction.
    struct Batch {
        var people: [(line: Int, person: ExportedPerson)] = []
        var templates: [(line: Int, person: String, template: Template)] = []
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
    /// Thumbnails are large: what a batch may hold, in bytes.
    private static let batchBytes = 8 << 20

    init(_ header: ExportLine.Header) {
        self.header = header
        space = header.space.map { EmbeddingSpace(model: $0.model, modelSHA256: $0.modelSHA256, profile: $0.profile) }
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
                bytes += try take(&reader, into: &batch)
            }
        } catch {
            failure = error
        }
        return batch
    }

    /// - Returns: How many bytes the line takes in memory.
    private mutating func take(_ reader: inout ExportReader, into batch: inout Batch) throws(GalleryError) -> Int {
        guard let line = try reader.next() else { throw .exportCutOff }
        switch line {
        case .header:
            throw .damagedExport(line: reader.number, reason: "it is a second header")
        case .person(let person):
            people += 1
            batch.people.append((reader.number, person))
            return 0
        case .template(let template):
            templates += 1
            if let end = template.expires, end <= Date() {
                batch.expired += 1
                return 0
            }
            do throws(GalleryError) {
                batch.templates.append((reader.number, template.person, try self.template(template)))
            } catch {
                batch.defects.append(ImportConflict(line: reader.number, person: template.person, error: error))
            }
            return template.embedding.count + (template.thumbnail?.count ?? 0)
        case .end(let end):
            isAtEnd = true
            try check(end, &reader)
            return 0
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
            StoredEmbedding.append($0, to: &values, dimension: max(0, min(dimension, 1 << 20)))
        }
        guard defect == nil, let embedding = try? Embedding(normalizing: values, space: space) else {
            throw .invalidTemplate(reason: "its embedding can't be read: \(defect ?? "it is none")")
        }
        return Template(
            embedding: embedding, photoSHA256: line.photoSHA256, created: line.created, id: line.id,
            thumbnail: line.thumbnail.map(Array.init) ?? [], quality: line.quality, expires: line.expires)
    }
}
