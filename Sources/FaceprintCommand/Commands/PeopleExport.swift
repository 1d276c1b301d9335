import Faceprint
import FaceprintFiles
import FaceprintGallery
import Foundation

extension Command {
    static let peopleExport = Command(
        "people export", "Hand out everything that is stored about one person.",
        operands: Operands(usage: "NAME [FOLDER]", count: 1...2), options: [.gallery, .sealKey],
        example: """
            $ faceprint people export younes younes
            younes: person.json, 1 thumbnail, 4 events
            """
    ) { arguments in
        let record = try arguments.existingGallery().subjectRecord(of: arguments.operands[0])
        guard let folder = arguments.operands.dropFirst().first else {
            Console.line(try json(SubjectFile(record, inFolder: false)))
            return .yes
        }
        try makeFolder(folder)
        for template in record.templates where !template.thumbnail.isEmpty {
            try write(template.thumbnail, to: "\(folder)/\(template.thumbnailName)")
        }
        try write(Array(try json(SubjectFile(record, inFolder: true)).utf8), to: "\(folder)/person.json")
        let photos = record.templates.count { !$0.thumbnail.isEmpty }
        Console.line(
            "\(record.person.name): person.json, \(counted(photos, "thumbnail", "thumbnails")), "
                + counted(record.events.count, "event", "events"))
        return .yes
    }

    /// For its owner alone; what stands in another's way is not mixed with it.
    private static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 else {
            throw FileError.unwritable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let file = try OutputFile(path)
        try file.write(bytes)
        try file.finish()
    }
}

/// What is stored about a person, for that person to read.
private struct SubjectFile: Encodable {
    struct Photo: Encodable {
        let id: UUID
        let enrolled: Date
        let expires: Date?
        let quality: Float?
        let photoSHA256: String
        let model: String
        let embedding: [Float]
        /// The name of its file, or the picture itself in base64.
        let thumbnail: String?
    }

    struct LogEntry: Encodable {
        let sequence: Int
        let time: Date
        let kind: String
        let actor: String
        let person: String?
        let detail: [String: String]
    }

    let name: String
    let earlierNames: [String]
    let since: Date
    let badge: String?
    let groups: [String]
    let templates: [Photo]
    let events: [LogEntry]

    init(_ record: SubjectRecord, inFolder: Bool) {
        name = record.person.name
        earlierNames = record.earlierNames
        since = record.person.created
        badge = record.person.badge
        groups = record.person.groups
        templates = record.templates.map {
            let thumbnail = inFolder ? $0.thumbnailName : Data($0.thumbnail).base64EncodedString()
            return Photo(
                id: $0.id, enrolled: $0.created, expires: $0.expires, quality: $0.quality,
                photoSHA256: $0.photoSHA256, model: "\($0.embedding.space)", embedding: $0.embedding.values,
                thumbnail: $0.thumbnail.isEmpty ? nil : thumbnail)
        }
        events = record.events.map {
            LogEntry(
                sequence: $0.sequence, time: $0.time, kind: $0.kind.rawValue, actor: $0.actor, person: $0.person,
                detail: $0.detail)
        }
    }
}

extension Template {
    fileprivate var thumbnailName: String { "\(id.uuidString.lowercased()).jpg" }
}
