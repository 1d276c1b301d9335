import FaceprintGallery
import Foundation

/// The gallery's log of events: looking, taking a copy, checking.
extension Application {
    private struct Record: Encodable {
        let sequence: Int
        let time: Date
        let kind: String
        let actor: String
        let person: Nullable<String>
        let detail: [String: String]
        let hash: String

        init(_ event: Event) {
            sequence = event.sequence
            time = event.time
            kind = event.kind.rawValue
            actor = event.actor
            person = Nullable(event.person)
            detail = event.detail
            hash = event.hash
        }
    }

    private struct Page: Encodable {
        let events: [Record]
        let next: Nullable<Int>
    }

    private struct Verdict: Encodable {
        let intact: Bool
        var events: Int?
        var head: String?
        var sequence: Int?
        var reason: String?
    }

    /// The largest whole number that every client can tell from its neighbours.
    static let largestSequence = 1 << 53 - 1

    private static let filters: [Operation.Parameter] = [
        .init(
            name: "kind", summary: "Only events of this kind; several separated by commas.", schema: kinds),
        .init(
            name: "person", summary: "Only events about this person.",
            schema: ["anyOf": [Schema.name, ["type": "string", "maxLength": 0]]]),
        .init(name: "from", summary: "Not before this time or day.", schema: Schema.moments),
        .init(name: "until", summary: "Before this time or day.", schema: Schema.moments),
        .init(
            name: "before", summary: "Only events of a smaller number: the “next” of the page before.",
            schema: ["type": "integer", "minimum": 0, "maximum": .integer(largestSequence)]),
    ]

    private static let kinds: JSON = {
        let kind =
            "(" + Event.Kind.allCases.map { $0.rawValue.replacing(".", with: #"\."#) }.joined(separator: "|") + ")"
        return ["type": "string", "pattern": .string("^(,*\(kind)(,+\(kind))*)?,*$")]
    }()

    private static let event = Schema.object([
        "sequence": Schema.integer, "time": Schema.moment, "kind": Schema.text, "actor": Schema.text,
        "person": Schema.optional(Schema.text),
        "detail": ["type": "object", "additionalProperties": Schema.text], "hash": Schema.text,
    ])

    static let eventRoutes: [Route] = [
        Route(
            "GET", "/api/v1/admin/events", .scope(.admin),
            Operation(
                tag: .admin, summary: "What happened, the newest first.",
                query: filters + [
                    .init(
                        name: "limit", summary: "The most events.",
                        schema: ["type": "integer", "minimum": 1, "maximum": 1_000, "default": 100])
                ],
                answer: .json(
                    Schema.object(["events": Schema.list(event), "next": Schema.optional(Schema.integer)])))
        ) { app, call in
            var filter = try EventFilter(call.request)
            filter.limit = try call.request.integer("limit", in: 1...1_000) ?? 100
            let events = try app.gallery.events(filter)
            let isLast = events.count < filter.limit
            return try .json(
                Page(events: events.map(Record.init), next: Nullable(isLast ? nil : events.last?.sequence)))
        },
        Route(
            "GET", "/api/v1/admin/events/export", .scope(.admin),
            Operation(
                tag: .admin, summary: "The same events as a file; at most 100,000, the newest first.",
                query: filters + [
                    .init(name: "format", summary: "Of the file.", schema: Schema.choice(["csv", "json"]))
                ], answer: .content("*/*"))
        ) { app, call in
            let format = call.request.query("format") ?? "csv"
            guard ["csv", "json"].contains(format) else { throw HTTPError.badRequest("“format” has to be csv or json") }
            var filter = try EventFilter(call.request)
            filter.limit = 100_000
            let events = try app.gallery.events(filter)
            try app.events.record([
                NewEvent(.logExported, by: call.actor, detail: ["events": "\(events.count)"])
            ])
            var response =
                format == "json"
                ? try Response.json(events.map(Record.init))
                : Response.content(Array(CSV.text(of: events).utf8), type: "text/csv; charset=utf-8")
            response.headers.append(("Content-Disposition", "attachment; filename=\"faceprint-events.\(format)\""))
            return response
        },
        Route(
            "GET", "/api/v1/admin/log/verify", .scope(.admin),
            Operation(
                tag: .admin, summary: "Whether the log is as it was written: each event's hash holds the one before.",
                answer: .json(
                    Schema.object(
                        ["intact": Schema.flag],
                        sometimes: [
                            "events": Schema.count, "head": Schema.text, "sequence": Schema.integer,
                            "reason": Schema.text,
                        ])))
        ) { app, _ in
            do {
                let found = try app.gallery.verifyLog()
                return try .json(Verdict(intact: true, events: found.count, head: found.head))
            } catch GalleryError.logBroken(let sequence, let reason) {
                return try .json(Verdict(intact: false, sequence: sequence, reason: reason))
            }
        },
    ]
}

extension EventFilter {
    /// - Throws: ``HTTPError`` for a parameter that isn't understood.
    fileprivate init(_ request: Request) throws(HTTPError) {
        self.init()
        if let names = request.query("kind"), !names.isEmpty {
            var kinds: Set<Event.Kind> = []
            for name in names.split(separator: ",") {
                guard let kind = Event.Kind(rawValue: String(name)) else {
                    throw .badRequest("there are no events of the kind “\(name)”")
                }
                kinds.insert(kind)
            }
            self.kinds = kinds
        }
        if let person = request.query("person"), !person.isEmpty { self.person = person }
        from = try request.moment("from")
        until = try request.moment("until")
        before = try request.integer("before", in: 0...Application.largestSequence)
    }
}

extension Request {
    /// - Throws: ``HTTPError`` for a parameter that is no day and no time of ISO 8601.
    fileprivate func moment(_ name: String) throws(HTTPError) -> Date? {
        guard let text = query(name), !text.isEmpty else { return nil }
        let styles = [
            Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true),
            Date.ISO8601FormatStyle().year().month().day(),
        ]
        for style in styles {
            if let date = try? style.parse(text) { return date }
        }
        throw .badRequest("“\(name)” is “\(text.prefix(60))”; write a time such as 2026-11-24T09:30:00Z")
    }
}
