import Faceprint
import Foundation

/// What a gallery holds, in numbers.
public struct GalleryStatistics: Sendable {
    public var people = 0
    public var peopleWithoutTemplates = 0
    public var templates = 0
    /// Of the person who has most.
    public var mostTemplates = 0
    /// On the disk, indexes and free space among them.
    public var bytes = 0
    /// Of the layout.
    public var version = 0
    public var isSealed = false
    /// nil while nobody has a template.
    public var space: EmbeddingSpace?
    /// Of an embedding; 0 while nobody has a template.
    public var dimension = 0
    public var thumbnails = 0
    public var thumbnailBytes = 0
    /// Of the templates that were judged, 0…100: the lowest, the mean and the highest. nil where none was.
    public var quality: (lowest: Double, mean: Double, highest: Double)?
    /// When the oldest and the newest template were made.
    public var oldest: Date?
    public var newest: Date?
    /// Templates that expire, and those of them that do within 30 days.
    public var expiring = 0
    public var expiringSoon = 0
    public var retention = Retention()
    public var events = 0
    /// When the log begins.
    public var eventsSince: Date?

    /// About what a ``GalleryIndex`` takes in memory, in bytes.
    public var indexBytes: Int {
        guard dimension > 0 else { return 0 }
        let vector = ExactIndex.bytesPerVector(dimension: dimension, precision: .int8)
        return Int(Double(templates) * (vector + TemplateIndex.bytesPerTemplate))
    }
}

extension Gallery {
    /// Counts what there is.
    public func statistics(now: Date = Date()) throws(GalleryError) -> GalleryStatistics {
        try store.readApart { (c) throws(GalleryError) in
            var result = GalleryStatistics()
            result.bytes = try c.size()
            result.version = try c.layoutVersion()
            result.isSealed = try c.number("SELECT 1 FROM sealing") != nil
            let stored = try StoredSpace(c, path: location)
            result.space = stored?.space
            result.dimension = stored?.dimension ?? 0
            result.retention = try StoredState.retention(in: c, path: location)
            try result.countPeople(c)
            try result.countTemplates(c, now: now)
            let events = try c.prepare("SELECT count(*) FROM event")
            result.events = try events.step() ? events.integer(0) : 0
            result.eventsSince = try c.number("SELECT time FROM event ORDER BY sequence LIMIT 1").map {
                Date(milliseconds: $0)
            }
            return result
        }
    }
}

extension GalleryStatistics {
    fileprivate mutating func countPeople(_ c: any Connection) throws(GalleryError) {
        people = try c.number("SELECT count(*) FROM person") ?? 0
        peopleWithoutTemplates =
            try c.number(
                "SELECT count(*) FROM person WHERE NOT EXISTS (SELECT 1 FROM template WHERE person = person.id)") ?? 0
        mostTemplates =
            try c.number(
                "SELECT count(*) FROM template GROUP BY person ORDER BY count(*) DESC LIMIT 1") ?? 0
    }

    fileprivate mutating func countTemplates(_ c: any Connection, now: Date) throws(GalleryError) {
        let row = try c.prepare(
            """
            SELECT count(*), min(created), max(created), min(quality), avg(quality), max(quality), count(expires)
            FROM template
            """)
        guard try row.step() else { return }
        templates = row.integer(0)
        oldest = row.isNull(1) ? nil : Date(milliseconds: row.integer(1))
        newest = row.isNull(2) ? nil : Date(milliseconds: row.integer(2))
        if let lowest = row.real(3), let mean = row.real(4), let highest = row.real(5) {
            quality = (lowest, mean, highest)
        }
        expiring = row.integer(6)
        let soon = now.addingTimeInterval(30 * 86_400)
        expiringSoon =
            try c.number("SELECT count(*) FROM template WHERE expires <= ?1", .integer(soon.milliseconds)) ?? 0
        let pictures = try c.prepare(
            "SELECT count(*), CAST(coalesce(sum(length(jpeg)), 0) AS bigint) FROM thumbnail")
        guard try pictures.step() else { return }
        (thumbnails, thumbnailBytes) = (pictures.integer(0), pictures.integer(1))
    }
}
