import Faceprint
import FaceprintGallery

/// CompreFace's services for embeddings that were computed before, such as by the plugin “calculator”.
extension Application {
    private struct Embeddings: Decodable {
        let embeddings: [[Double]]
    }

    private struct SourceAndTargets: Decodable {
        let source: [Double]
        let targets: [[Double]]
    }

    private struct Compared: Encodable {
        private enum Member: CodingKey {
            case embedding
        }

        let embedding: [Float]
        let match: MatchRecord

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Member.self)
            try container.encode(embedding, forKey: .embedding)
            try match.encode(to: encoder)
        }
    }

    private struct Recognized: Encodable {
        let embedding: [Float]
        let similarities: [SubjectRecord]
        let known: Bool
    }

    private struct Results<Result: Encodable>: Encodable {
        let result: [Result]
    }

    private static let manyEmbeddings: JSON = [
        "type": "array", "items": Schema.embedding, "maxItems": .integer(mostEmbeddings),
    ]
    private static let mostEmbeddings = 1_000
    /// Those of an embedding that was scaled to unit length are from −1 to 1; of others there is no need to allow all.
    static let numbers = -1e6...1e6
    private static let compared = Schema.object([
        "result": Schema.list(Schema.object(["embedding": Schema.numbers].merging(Schema.match) { $1 }))
    ])

    static let embeddingRoutes: [Route] = [
        Route(
            "POST", "/api/v1/recognition/embeddings/recognize", .scope(.recognise),
            Operation(
                tag: .recognition, summary: "Whose embeddings these are.", query: [predictionCount, group],
                body: .json(Schema.object(["embeddings": manyEmbeddings])),
                answer: .json(
                    Schema.object([
                        "result": Schema.list(
                            Schema.object([
                                "embedding": Schema.numbers, "known": Schema.flag,
                                "similarities": Schema.list(
                                    Schema.object(["subject": Schema.text].merging(Schema.match) { $1 })),
                            ]))
                    ])))
        ) { app, call in
            let wanted = try call.request.integer("prediction_count", in: 1...1_000) ?? 1
            let probes = try app.embeddings(try call.request.json(Embeddings.self).embeddings)
            let answers = try app.identify(probes, top: wanted, among: call.request.query("group"))
            try app.events.record(answers.map { app.event(of: $0, by: call.actor) })
            return try .json(
                Results(
                    result: zip(probes, answers).map { probe, answer in
                        Recognized(
                            embedding: probe.values,
                            similarities: answer.candidates.map {
                                SubjectRecord(
                                    subject: $0.person, match: app.match($0.distance, threshold: answer.threshold))
                            }, known: answer.match != nil)
                    }))
        },
        Route(
            "POST", "/api/v1/recognition/embeddings/faces/{image_id}/verify", .scope(.recognise),
            Operation(
                tag: .recognition, summary: "Whether these embeddings are those of a stored photo's person.",
                body: .json(Schema.object(["embeddings": manyEmbeddings])), answer: .json(compared),
                pathSchemas: ["image_id": Schema.id])
        ) { app, call in
            let (person, template) = try app.gallery.template(try imageID(call["image_id"]))
            let probes = try app.embeddings(try call.request.json(Embeddings.self).embeddings)
            let threshold = app.settings.thresholds.verification
            let decisions = try probes.map { try verify($0, against: [template.embedding], threshold: threshold) }
            try app.events.record(decisions.map { app.event(of: $0, claim: person, by: call.actor) })
            return try .json(
                Results(
                    result: zip(probes, decisions).map {
                        Compared(embedding: $0.values, match: app.match($1.distance, threshold: threshold))
                    }))
        },
        Route(
            "POST", "/api/v1/verification/embeddings/verify", .scope(.recognise),
            Operation(
                tag: .verification, summary: "How near embeddings are to one.",
                body: .json(Schema.object(["source": Schema.embedding, "targets": manyEmbeddings])),
                answer: .json(compared))
        ) { app, call in
            let body = try call.request.json(SourceAndTargets.self)
            let source = try app.embeddings([body.source])[0]
            let threshold = app.settings.thresholds.verification
            return try .json(
                Results(
                    result: try app.embeddings(body.targets).map {
                        Compared(
                            embedding: $0.values,
                            match: app.match(try euclideanDistance(source, $0), threshold: threshold))
                    }))
        },
    ]

    /// - Throws: ``HTTPError`` for too many of them, `FaceprintError` for numbers that are no embedding.
    private func embeddings(_ rows: [[Double]]) throws -> [Embedding] {
        guard rows.count <= Self.mostEmbeddings else {
            throw HTTPError.badRequest("at most \(Self.mostEmbeddings) embeddings are compared at once")
        }
        return try rows.map { row in
            guard row.count == reader.embeddingLength else {
                throw HTTPError.badRequest(
                    "an embedding has \(row.count) numbers; those of this model have \(reader.embeddingLength)")
            }
            guard row.allSatisfy(Self.numbers.contains) else {
                throw HTTPError.badRequest("an embedding's numbers are from -1000000 to 1000000")
            }
            return try Embedding(normalizing: row.map { Float($0) }, space: reader.space)
        }
    }
}
