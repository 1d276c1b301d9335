import Faceprint
import FaceprintGallery
import Foundation

/// CompreFace's recognition service: who is on a photo (1:N), and is it the person of a stored one (1:1).
extension Application {
    private struct Answer: Encodable {
        let result: [FaceRecord]
        let pluginsVersions: PluginVersions?
    }

    private static let recognizedFace = Schema.object(
        [
            "box": Schema.box, "known": Schema.flag,
            "subjects": Schema.list(
                Schema.object(["subject": Schema.text].merging(Schema.match) { $1 })),
        ], sometimes: Schema.faceExtras)

    static let predictionCount = Operation.Parameter(
        name: "prediction_count", summary: "The most people to name for each face, the nearest first.",
        schema: ["type": "integer", "minimum": 1, "maximum": 1_000, "default": 1])

    static let group = Operation.Parameter(
        name: "group", summary: "Only people in this group are looked for.", schema: Schema.name)

    static let recognitionRoutes: [Route] = [
        Route(
            "POST", "/api/v1/recognition/recognize", .scope(.recognise),
            Operation(
                tag: .recognition,
                summary: "Who is on a photo: the nearest people for each face, and whether it is the nearest one.",
                query: PhotoQuery.parameters + [predictionCount, group], body: .photos(["file"]),
                answer: .json(Schema.results(recognizedFace)))
        ) { app, call in
            let query = try PhotoQuery(call.request)
            let wanted = try call.request.integer("prediction_count", in: 1...1_000) ?? 1
            let encoded = try app.encode(try call.request.photo("file"), name: "file", query)
            guard !encoded.faces.isEmpty else { throw FaceSelectionError.noFace }
            let answers = try app.identify(encoded.embeddings, top: wanted, among: call.request.query("group"))
            try app.events.record(answers.map { app.event(of: $0, by: call.actor) })
            return try .json(
                Answer(
                    result: try encoded.records(query).enumerated().map { i, record in
                        var record = record
                        record.known = answers[i].match != nil
                        record.subjects = answers[i].candidates.map {
                            SubjectRecord(
                                subject: $0.person, match: app.match($0.distance, threshold: answers[i].threshold))
                        }
                        return record
                    }, pluginsVersions: app.versions(query)))
        },
        Route(
            "POST", "/api/v1/recognition/faces/{image_id}/verify", .scope(.recognise),
            Operation(
                tag: .recognition, summary: "Whether the faces on a photo are that of a stored one.",
                query: PhotoQuery.parameters, body: .photos(["file"]), answer: .json(Schema.results(matchedFace)),
                pathSchemas: ["image_id": Schema.id])
        ) { app, call in
            let (person, template) = try app.gallery.template(try imageID(call["image_id"]))
            let query = try PhotoQuery(call.request)
            let encoded = try app.encode(try call.request.photo("file"), name: "file", query)
            guard !encoded.faces.isEmpty else { throw FaceSelectionError.noFace }
            let threshold = app.settings.thresholds.verification
            let decisions = try encoded.embeddings.map {
                try verify($0, against: [template.embedding], threshold: threshold)
            }
            try app.events.record(decisions.map { app.event(of: $0, claim: person, by: call.actor) })
            let faces = try zip(encoded.records(query), decisions).map {
                MatchedFace(face: $0, match: app.match($1.distance, threshold: threshold))
            }
            return try .json(MatchedFaces(result: faces, pluginsVersions: app.versions(query)))
        },
    ]

    static let matchedFace = Schema.object(
        ["box": Schema.box].merging(Schema.match) { $1 }, sometimes: Schema.faceExtras)

    struct MatchedFaces: Encodable {
        let result: [MatchedFace]
        let pluginsVersions: PluginVersions?
    }

    /// Faces of a photo with their embeddings, and how long they took.
    struct EncodedPhoto {
        let photo: ReadPhoto
        let faces: [Face?]
        let embeddings: [Embedding]
        let times: FaceRecord.Times

        func records(_ query: PhotoQuery) throws -> [FaceRecord] {
            try zip(faces, embeddings).map { face, embedding in
                try FaceRecord(
                    face, of: photo.photo.image, embedding: embedding, query: query,
                    times: query.wantsStatus ? times : nil)
            }
        }
    }

    /// The faces that a client asks for, encoded.
    func encode(_ bytes: [UInt8], name: String, _ query: PhotoQuery) throws -> EncodedPhoto {
        let start = ContinuousClock.now
        let read = try reader.read(bytes, name: name, minimumScore: query.minimumScore)
        let faces = query.limit == 0 ? read.faces : Array(read.faces.prefix(query.limit))
        let found = ContinuousClock.now
        let embeddings = try reader.encode(faces, of: read.photo)
        metrics.countFaces(faces.count)
        return EncodedPhoto(
            photo: read, faces: faces, embeddings: embeddings,
            times: .init(detector: (found - start) / .milliseconds(1), calculator: (.now - found) / .milliseconds(1)))
    }

    /// Who each one is, by the gallery as it is now.
    ///
    /// - Parameter group: Who may be found; nil for everybody.
    func identify(_ probes: [Embedding], top: Int = 1, among group: String? = nil) throws -> [Identification] {
        let threshold = try gallery.identificationThreshold() ?? settings.thresholds.identification
        return try search.nearestPeople(to: probes, top: top, among: group).map {
            Identification(candidates: $0, threshold: threshold)
        }
    }

    func match(_ distance: Float, threshold: Float) -> MatchRecord {
        MatchRecord(
            similarity: settings.thresholds.similarity(of: distance), distance: distance, threshold: threshold,
            isMatch: distance <= threshold)
    }

    func versions(_ query: PhotoQuery) -> PluginVersions? {
        query.wantsStatus ? PluginVersions(detector: settings.detector, calculator: "\(reader.space)") : nil
    }

    /// What the log says of a decision. Whom a stranger is nearest to is nobody's business.
    func event(of answer: Identification, by actor: Actor) -> NewEvent {
        metrics.countDecision(answer.match == nil ? "unknown" : "identified")
        return NewEvent(answer, by: actor)
    }

    /// What the log says of a decision about somebody who is claimed to be a person.
    func event(of decision: Verification, claim: String, by actor: Actor) -> NewEvent {
        metrics.countDecision(decision.isMatch ? "verified" : "mismatch")
        return NewEvent(
            decision.isMatch ? .verified : .refused, by: actor, person: claim,
            detail: ["distance": "\(decision.distance)", "threshold": "\(decision.threshold)"])
    }
}
