import FaceprintGallery
import Foundation

extension Command {
    static let logList = Command(
        "log list", "List what happened to the gallery, the newest first.",
        options: [
            .value("kind", "KIND,…", "events of these kinds, such as person.added or door.opened"),
            .value("person", "NAME", "events that concern this person, by the name of then"),
            .value("since", "DATE", "from this day, or this moment: 2026-11-23, 2026-11-23T08:30:00Z"),
            .value("until", "DATE", "to this day, or before this moment"),
            .value("limit", "N", "at most so many (default: 100)"), .gallery, .sealKey, .json,
        ],
        example: """
            $ faceprint log list --limit 2
            event  time                  kind            person  by            detail
            8      2026-11-23T08:31:07Z  badge.changed   younes  page office   to=17
            7      2026-11-23T08:30:12Z  template.added  younes  command line  id=0f3c…, quality=96
            """
    ) { arguments in
        let filter = EventFilter(
            kinds: try arguments.kinds(), person: arguments.string("person"),
            from: try arguments.moment("since", daysLater: 0), until: try arguments.moment("until", daysLater: 1),
            limit: try arguments.number("limit", in: 1...1_000_000_000) ?? 100)
        let events = try arguments.gallery().events(filter)
        if arguments.has("json") {
            Console.line(try json(events.map(EventRecord.init)))
        } else {
            var table = Table("event", "time", "kind", "person", "by", "detail")
            for event in events {
                let detail = event.detail.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                table.append(
                    "\(event.sequence)", event.time.formatted(.iso8601), event.kind.rawValue, event.person ?? "-",
                    event.actor, detail.isEmpty ? "-" : detail.joined(separator: ", "))
            }
            table.print()
        }
        return .yes
    }

    static let logVerify = Command(
        "log verify", "Is the log what was recorded? Computes its chain of hashes again.",
        options: [
            .value("head", "HASH", "a head that this command printed before: was anything taken from the end since?"),
            .gallery, .sealKey, .json,
        ],
        example: """
            $ faceprint log verify
            The log is intact: 1204 events
            head 4e1243bd22c66e76c2ba9eddc1f91394e57f9f83ad3c2e1d4bd6b57ac1a5ef90
            """
    ) { arguments in
        let head = arguments.string("head")
        if let head, head.count != 64 || !head.allSatisfy({ $0.isASCII && $0.isHexDigit }) {
            throw UsageError("--head is “\(head)”; allowed are 64 hexadecimal digits")
        }
        do {
            let log = try arguments.gallery().verifyLog(expectedHead: head)
            if arguments.has("json") {
                Console.line(
                    try json(
                        VerificationRecord(intact: true, events: log.count, firstEvent: log.start, head: log.head)))
            } else {
                let start = log.start > 1 ? ", from event \(log.start): older ones were pruned" : ""
                Console.line("The log is intact: \(counted(log.count, "event", "events"))\(start)\nhead \(log.head)")
            }
            return .yes
        } catch GalleryError.logBroken(let sequence, let reason) {
            if arguments.has("json") {
                Console.line(try json(VerificationRecord(intact: false, sequence: sequence, reason: reason)))
            } else {
                Console.line("\(GalleryError.logBroken(sequence: sequence, reason: reason))")
            }
            return .no
        }
    }
}

private struct EventRecord: Encodable {
    let sequence: Int
    let time: Date
    let kind: Event.Kind
    let actor: String
    let person: String?
    let detail: [String: String]
    let hash: String

    init(_ event: Event) {
        sequence = event.sequence
        time = event.time
        kind = event.kind
        actor = event.actor
        person = event.person
        detail = event.detail
        hash = event.hash
    }
}

private struct VerificationRecord: Encodable {
    let intact: Bool
    var events: Int?
    var firstEvent: Int?
    var head: String?
    var sequence: Int?
    var reason: String?
}

extension Arguments {
    fileprivate func kinds() throws -> Set<Event.Kind>? {
        guard let text = string("kind") else { return nil }
        return Set(
            try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
                guard let kind = Event.Kind(rawValue: String(word)) else {
                    let allowed = Event.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw UsageError("--kind is “\(text)”; allowed is \(allowed), separated by commas")
                }
                return kind
            })
    }

    /// - Parameter days: Where a day stands and not a moment: how many days later its start is meant.
    fileprivate func moment(_ option: String, daysLater days: Int) throws -> Date? {
        guard let text = string(option) else { return nil }
        if let moment = try? Date(text, strategy: .iso8601) { return moment }
        guard let start = try? Date(text, strategy: .iso8601.year().month().day()), day(start) == text else {
            throw UsageError(
                "--\(option) is “\(text)”; allowed is a day or a moment, as 2026-11-23 or 2026-11-23T08:30:00Z")
        }
        return start.addingTimeInterval(Double(days) * 86_400)
    }
}
