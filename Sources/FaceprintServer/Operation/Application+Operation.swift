import FaceprintGallery

/// What whoever runs the server asks it.
extension Application {
    private struct State: Encodable {
        let status: String
    }

    private struct Summary: Encodable {
        let version: String
        let model: String
        let profile: String
        let people: Int
        let templates: Int
        let liveness: String
    }

    static let operationRoutes: [Route] = [
        Route(
            "GET", "/healthz", .open,
            Operation(
                tag: .operation, summary: "Whether the process answers.",
                answer: .json(Schema.object(["status": Schema.text])))
        ) { _, _ in
            try .json(State(status: "ok"))
        },
        Route(
            "GET", "/readyz", .open,
            Operation(
                tag: .operation, summary: "Whether the gallery can be read and the model is loaded.",
                answer: .json(Schema.object(["status": Schema.text])))
        ) { app, _ in
            do {
                _ = try app.gallery.peopleVersion()
                return try .json(State(status: "ready"))
            } catch {
                throw HTTPError(503, code: 57, "the gallery can't be read: \(error)", retryAfter: 5)
            }
        },
        Route(
            "GET", "/metrics", .open,
            Operation(
                tag: .operation, summary: "Counters and durations for Prometheus.",
                answer: .content("text/plain; version=0.0.4"))
        ) { app, _ in
            let size = try app.gallery.size()
            return .content(
                Array(app.metrics.text(people: size.people, templates: size.templates).utf8),
                type: "text/plain; version=0.0.4")
        },
        Route(
            "GET", "/openapi.json", .open,
            Operation(
                tag: .operation, summary: "This document.", answer: .json(["type": "object"]))
        ) { app, _ in
            try .json(
                OpenAPIDocument.make(
                    routes, version: app.settings.version, embeddingLength: app.reader.embeddingLength))
        },
        Route(
            "GET", "/api/v1/status", .anyKey,
            Operation(
                tag: .operation, summary: "What the server recognises with, and how many people it knows.",
                answer: .json(
                    Schema.object([
                        "version": Schema.text, "model": Schema.text, "profile": Schema.text,
                        "people": Schema.count, "templates": Schema.count,
                        "liveness": Schema.choice(ServerSettings.Liveness.allCases.map(\.rawValue)),
                    ])))
        ) { app, _ in
            let size = try app.gallery.size()
            let space = app.reader.space
            return try .json(
                Summary(
                    version: app.settings.version, model: space.model, profile: space.profile, people: size.people,
                    templates: size.templates, liveness: app.settings.liveness.rawValue))
        },
    ]
}
