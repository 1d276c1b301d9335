import FaceprintGallery
import Foundation

extension Command {
    static let galleryStats = Command(
        "gallery stats", "What the gallery holds, in numbers.", options: [.gallery, .sealKey, .json],
        example: """
            $ faceprint gallery stats
            people      12, 1 without a template
            templates   57, at most 9 a person, of fused/sface (1f2e3d4c)
            …
            """
    ) { arguments in
        let found = try arguments.gallery().statistics()
        if arguments.has("json") {
            Console.line(try json(StatisticsRecord(found)))
        } else {
            let lines = lines(of: found)
            let width = lines.map(\.0.count).max() ?? 0
            for (name, text) in lines { Console.line("\(name.padded(to: width))  \(text)") }
        }
        return .yes
    }

    private static func lines(of found: GalleryStatistics) -> [(String, String)] {
        let space = found.space.map { ", of \($0)" } ?? ""
        let dates = [found.oldest, found.newest].compactMap { $0.map(day) }
        let retention =
            "templates \(found.retention.templates.map { formatted(seconds: $0) } ?? "never expire"), "
            + "events \(found.retention.events.map { formatted(seconds: $0) } ?? "never expire")"
        return [
            ("people", "\(found.people), \(found.peopleWithoutTemplates) without a template"),
            ("templates", "\(found.templates), at most \(found.mostTemplates) a person\(space)"),
            ("made", dates.isEmpty ? "-" : dates.joined(separator: " to ")),
            (
                "quality",
                found.quality.map { "\(Int($0.lowest)) to \(Int($0.highest)), mean \(Int($0.mean.rounded()))" } ?? "-"
            ),
            ("expiring", "\(found.expiring), \(found.expiringSoon) of them within 30 days"),
            ("retention", retention),
            ("thumbnails", "\(found.thumbnails), \(formatted(bytes: found.thumbnailBytes))"),
            ("events", "\(found.events)" + (found.eventsSince.map { ", since \(day($0))" } ?? "")),
            ("sealed", found.isSealed ? "yes" : "no"),
            ("size", "\(formatted(bytes: found.bytes)) on the disk, layout version \(found.version)"),
            ("index", "\(formatted(bytes: found.indexBytes)) for a search in memory"),
        ]
    }
}

private struct StatisticsRecord: Encodable {
    struct Quality: Encodable {
        let lowest, mean, highest: Double
    }

    let people, peopleWithoutTemplates, templates, mostTemplates: Int
    let model: String?
    let dimension: Int
    let oldest, newest: Date?
    let quality: Quality?
    let expiring, expiringSoon: Int
    let templateRetentionSeconds, eventRetentionSeconds: Int?
    let thumbnails, thumbnailBytes, events: Int
    let eventsSince: Date?
    let sealed: Bool
    let bytes, version, indexBytes: Int

    init(_ found: GalleryStatistics) {
        people = found.people
        peopleWithoutTemplates = found.peopleWithoutTemplates
        templates = found.templates
        mostTemplates = found.mostTemplates
        model = found.space.map { "\($0)" }
        dimension = found.dimension
        (oldest, newest) = (found.oldest, found.newest)
        quality = found.quality.map { Quality(lowest: $0.lowest, mean: $0.mean, highest: $0.highest) }
        (expiring, expiringSoon) = (found.expiring, found.expiringSoon)
        (templateRetentionSeconds, eventRetentionSeconds) = (found.retention.templates, found.retention.events)
        (thumbnails, thumbnailBytes) = (found.thumbnails, found.thumbnailBytes)
        (events, eventsSince) = (found.events, found.eventsSince)
        sealed = found.isSealed
        (bytes, version, indexBytes) = (found.bytes, found.version, found.indexBytes)
    }
}
