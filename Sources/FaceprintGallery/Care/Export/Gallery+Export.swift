import Faceprint
import FaceprintFiles
import Foundation

/// What was exported.
public struct ExportSummary: Equatable, Sendable {
    public internal(set) var people = 0
    public internal(set) var templates = 0
    /// What is not in it: people and templates that are damaged, and the templates of damaged people.
    public internal(set) var defects: [GalleryError] = []
}

extension Gallery {
    /// Writes people and templates, as they are at one moment, in a form that moves between stores: see
    /// `docs/export-format.md`. Templates whose time is over are left out. So are damaged people and templates, and the
    /// templates of damaged people, which are named.
    ///
    /// It is recorded before anything is written, where the gallery may be written. Keys, sessions and the log are
    /// not exported.
    ///
    /// - Parameters:
    ///   - file: Written, and finished.
    ///   - photos: Whether thumbnails go with the templates.
    ///   - key: What to seal it with; nil for plain text.
    /// - Throws: ``GalleryError/file(_:)``, or an error of the store.
    public func export(
        to file: OutputFile, photos: Bool = true, key: SealKey? = nil, now: Date = Date(),
        by actor: Actor = .commandLine
    ) throws(GalleryError) -> ExportSummary {
        let detail = ["photos": photos ? "yes" : "no", "sealed": key == nil ? "no" : "yes"]
        try recordIfWritable([NewEvent(.galleryExported, by: actor, detail: detail)])
        let writer = ExportWriter(file, key: key)
        let summary = try store.readApart { (c) throws(GalleryError) in
            try writer.start()
            var export = GalleryExport(writer: writer, photos: photos, now: now, sealer: try sealer(in: c))
            try export.header(c, threshold: try threshold(in: c), path: location)
            try export.people(c)
            try export.templates(c)
            try export.end()
            return export.summary
        }
        try writer.finish()
        return summary
    }

    /// Records what doesn't change the gallery, which may lie on a disk that can't be written.
    func recordIfWritable(_ events: [NewEvent]) throws(GalleryError) {
        do throws(GalleryError) { try record(events) } catch .notWritable {}
    }
}

/// An export on its way.
private struct GalleryExport {
    let writer: ExportWriter
    let photos: Bool
    let now: Date
    /// nil for a gallery that isn't sealed.
    let sealer: Sealer?
    private let encoder = ExportLine.encoder()
    private var space: StoredSpace?
    /// The numbers of people who are not in it. No page of people has the smallest one.
    private var refused: Set<Int> = [.min]
    private(set) var summary = ExportSummary()

    private static let page = 500

    init(writer: ExportWriter, photos: Bool, now: Date, sealer: Sealer?) {
        self.writer = writer
        self.photos = photos
        self.now = now
        self.sealer = sealer
    }

    mutating func header(_ c: any Connection, threshold: Float?, path: String) throws(GalleryError) {
        space = try StoredSpace(c, path: path)
        let header = ExportLine.Header(
            made: now,
            space: space.map {
                .init(
                    model: $0.space.model, modelSHA256: $0.space.modelSHA256, profile: $0.space.profile,
                    dimension: $0.dimension)
            },
            people: try c.number("SELECT count(*) FROM person") ?? 0,
            templates: try c.number("SELECT count(*) FROM template") ?? 0, photos: photos,
            identificationThreshold: threshold)
        try writer.write(.header(header), encoder)
    }

    mutating func people(_ c: any Connection) throws(GalleryError) {
        var last = Int.min
        while true {
            let page = try StoredPerson.page(after: last, limit: Self.page, sealer: sealer, in: c)
            for (id, person) in page {
                last = id
                do throws(GalleryError) {
                    try writer.write(.person(try Self.line(of: try person.get())), encoder)
                    summary.people += 1
                } catch .invalidTemplate(let reason), .invalidName(_, let reason), .damagedPerson(_, let reason) {
                    refused.insert(id)
                    summary.defects.append(.damagedPerson(id: id, reason: reason))
                }
            }
            if page.count < Self.page { return }
        }
    }

    /// With the checks of an import, so that what is exported can be imported.
    private static func line(of person: Person) throws(GalleryError) -> ExportedPerson {
        _ = try PersonName(person.name)
        try checkDate(person.created)
        let count = person.groups.count
        guard count <= ExportedPerson.groupLimit else {
            throw .invalidTemplate(reason: "it has \(count) groups; an export holds \(ExportedPerson.groupLimit)")
        }
        return ExportedPerson(
            name: person.name, created: person.created, badge: person.badge,
            groups: person.groups.isEmpty ? nil : person.groups)
    }

    mutating func templates(_ c: any Connection) throws(GalleryError) {
        guard let space else { return }
        let present = now.milliseconds ?? .max
        var last = Int.min
        while true {
            let rows = try c.prepare(
                """
                SELECT template.id, template.uuid, photo_sha256, template.created, quality, expires, space,
                    template.changed, embedding, jpeg, person.uuid, name, person.id
                FROM template LEFT JOIN person ON person.id = person
                    LEFT JOIN thumbnail ON thumbnail.template = template.id
                WHERE template.id > ?1 ORDER BY template.id LIMIT ?2
                """,
                .integer(last), .integer(Self.page))
            var count = 0
            while try rows.step() {
                count += 1
                last = rows.integer(0)
                guard rows.isNull(5) || rows.integer(5) > present else { continue }
                try template(rows, space: space)
            }
            if count < Self.page { return }
        }
    }

    private mutating func template(_ row: any Statement, space: StoredSpace) throws(GalleryError) {
        let line: ExportedTemplate
        do throws(GalleryError) {
            guard !row.isNull(12) else {
                throw .damagedTemplate(id: row.integer(0), person: "", reason: "its person is missing")
            }
            let owner = row.integer(12)
            guard !refused.contains(owner) else {
                throw .damagedTemplate(
                    id: row.integer(0), person: "", reason: "its person, number \(owner), is damaged")
            }
            let template = try StoredTemplate.template(row, of: row.text(11), space: space, sealer: sealer)
            // The checks of a new template, so that what is exported can be imported.
            _ = try NewTemplate(template, of: row.text(11))
            try Self.checkDate(template.created)
            if let end = template.expires { try Self.checkDate(end) }
            line = ExportedTemplate(
                id: template.id, person: row.text(11), embedding: Data(StoredEmbedding.bytes(of: template.embedding)),
                photoSHA256: template.photoSHA256, created: template.created, quality: template.quality,
                expires: template.expires,
                thumbnail: template.thumbnail.isEmpty || !photos ? nil : Data(template.thumbnail))
        } catch .invalidTemplate(let reason) {
            summary.defects.append(.damagedTemplate(id: row.integer(0), person: row.text(11), reason: reason))
            return
        } catch {
            guard error.concernsOneRow else { throw error }
            summary.defects.append(error)
            return
        }
        try writer.write(.template(line), encoder)
        summary.templates += 1
    }

    func end() throws(GalleryError) {
        try writer.write(.end(.init(people: summary.people, templates: summary.templates)), encoder)
    }

    /// - Throws: ``GalleryError/invalidTemplate(reason:)`` for a date that can't be written with four digits of a year.
    private static func checkDate(_ date: Date) throws(GalleryError) {
        guard StoredDate.allowed.contains(date) else { throw .invalidTemplate(reason: "its date is beyond all time") }
    }
}

/// Dates that a row can have.
enum StoredDate {
    /// The years 1 to 9999.
    static let allowed = Date(timeIntervalSince1970: -62_135_596_800)..<Date(timeIntervalSince1970: 253_402_300_800)
}

extension GalleryError {
    /// Whether it names a row that is damaged, rather than a store that is.
    var concernsOneRow: Bool {
        switch self {
        case .damagedPerson, .damagedTemplate: true
        default: false
        }
    }
}
