import FaceprintGallery

/// CompreFace's “subjects”: the people of the gallery.
extension Application {
    private struct Subject: Codable {
        let subject: String
    }

    private struct Subjects: Encodable {
        let subjects: [String]
    }

    private struct Updated: Encodable {
        let updated: Bool
    }

    struct Deleted: Encodable {
        let deleted: Int
    }

    static let subjectRoutes: [Route] = [
        Route(
            "POST", "/api/v1/recognition/subjects", .scope(.enrol),
            Operation(
                tag: .subjects, summary: "Add a person without photos.",
                body: .json(Schema.object(["subject": Schema.name])), status: 201,
                answer: .json(Schema.object(["subject": Schema.text])))
        ) { app, call in
            let wanted = try call.request.json(Subject.self)
            let person = try app.gallery.addPerson(wanted.subject, by: call.actor)
            return try .json(Subject(subject: person.name), status: 201)
        },
        Route(
            "GET", "/api/v1/recognition/subjects", .scope(.enrol),
            Operation(
                tag: .subjects, summary: "List the people.",
                answer: .json(Schema.object(["subjects": Schema.list(Schema.text)])))
        ) { app, _ in
            try .json(Subjects(subjects: try app.gallery.people().map(\.name)))
        },
        Route(
            "PUT", "/api/v1/recognition/subjects/{subject}", .scope(.enrol),
            Operation(
                tag: .subjects,
                summary: "Rename a person. Where somebody has the new name already, all photos become theirs.",
                body: .json(Schema.object(["subject": Schema.name])),
                answer: .json(Schema.object(["updated": Schema.flag])), pathSchemas: ["subject": Schema.name])
        ) { app, call in
            let wanted = try call.request.json(Subject.self)
            try app.gallery.rename(call["subject"], to: wanted.subject, merging: true, by: call.actor)
            return try .json(Updated(updated: true))
        },
        Route(
            "DELETE", "/api/v1/recognition/subjects/{subject}", .scope(.enrol),
            Operation(
                tag: .subjects, summary: "Remove a person with all photos.",
                answer: .json(Schema.object(["subject": Schema.text])), pathSchemas: ["subject": Schema.name])
        ) { app, call in
            let person = try app.gallery.person(named: call["subject"])
            try app.gallery.remove(person.name, by: call.actor)
            return try .json(Subject(subject: person.name))
        },
        Route(
            "DELETE", "/api/v1/recognition/subjects", .scope(.enrol),
            Operation(
                tag: .subjects, summary: "Remove everybody.",
                answer: .json(Schema.object(["deleted": Schema.count])))
        ) { app, call in
            try .json(Deleted(deleted: try app.gallery.removeAll(by: call.actor)))
        },
    ]
}
