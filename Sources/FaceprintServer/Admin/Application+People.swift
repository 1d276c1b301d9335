import FaceprintGallery
import Foundation

/// The people as the admin page shows them.
extension Application {
    private struct PersonRecord: Encodable {
        struct FaceEntry: Encodable {
            let imageId: String
            let quality: Nullable<Float>
            let created: Date
        }

        let name: String
        let badge: Nullable<String>
        let created: Date
        let faces: [FaceEntry]

        init(_ person: Person, _ faces: [TemplateEntry]) {
            name = person.name
            badge = Nullable(person.badge)
            created = person.created
            self.faces = faces.map { .init(imageId: $0.id.text, quality: Nullable($0.quality), created: $0.created) }
        }
    }

    private struct People: Encodable {
        let people: [PersonRecord]
        let total: Int
    }

    private struct Change: Decodable {
        private enum Member: CodingKey {
            case name, badge
        }

        let name: String?
        /// nil leaves the badge as it is; a nil inside takes it away.
        let badge: String??

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Member.self)
            name = try container.decodeIfPresent(String.self, forKey: .name)
            badge = container.contains(.badge) ? .some(try container.decodeIfPresent(String.self, forKey: .badge)) : nil
        }
    }

    private static let badge = Schema.name.with(["maxLength": 64])

    private static let person = Schema.object([
        "name": Schema.text, "badge": Schema.optional(Schema.text), "created": Schema.moment,
        "faces": Schema.list(
            Schema.object([
                "image_id": Schema.id, "quality": Schema.optional(Schema.number), "created": Schema.moment,
            ])),
    ])

    static let peopleRoutes: [Route] = [
        Route(
            "GET", "/api/v1/admin/people", .scope(.admin),
            Operation(
                tag: .admin, summary: "List the people with their photos, sorted by name.",
                query: [
                    .init(name: "search", summary: "A part of the name, or the badge number.", schema: Schema.text),
                    .init(name: "offset", summary: "How many to pass over.", schema: Schema.offset),
                    .init(
                        name: "limit", summary: "The most people.",
                        schema: ["type": "integer", "minimum": 1, "maximum": 1_000, "default": 50]),
                ], answer: .json(Schema.object(["people": Schema.list(person), "total": Schema.count])))
        ) { app, call in
            let offset = try call.request.integer("offset", in: 0...Schema.largestOffset) ?? 0
            let limit = try call.request.integer("limit", in: 1...1_000) ?? 50
            let search = (call.request.query("search") ?? "").trimmingCharacters(in: .whitespaces)
            let found = try app.gallery.people().filter {
                search.isEmpty || $0.badge == search
                    || $0.name.range(of: search, options: [.caseInsensitive, .diacriticInsensitive]) != nil
            }
            return try .json(
                People(
                    people: try found.dropFirst(offset).prefix(limit).map {
                        PersonRecord($0, try app.gallery.templateList(of: $0.name).entries)
                    }, total: found.count))
        },
        Route(
            "PUT", "/api/v1/admin/people/{name}", .scope(.admin),
            Operation(
                tag: .admin, summary: "Change a person's name, badge number (null for none), or both.",
                body: .json(
                    Schema.object(
                        [:], sometimes: ["name": Schema.optional(Schema.name), "badge": Schema.optional(badge)])),
                answer: .json(person),
                pathSchemas: ["name": Schema.name])
        ) { app, call in
            let change = try call.request.json(Change.self)
            var name = try app.gallery.person(named: call["name"]).name
            if let badge = change.badge { try app.gallery.setBadge(badge, of: name, by: call.actor) }
            if let newName = change.name {
                try app.gallery.rename(name, to: newName, by: call.actor)
                name = newName
            }
            let person = try app.gallery.person(named: name)
            return try .json(PersonRecord(person, try app.gallery.templateList(of: person.name).entries))
        },
    ]
}
