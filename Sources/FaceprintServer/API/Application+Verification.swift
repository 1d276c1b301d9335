import Faceprint

/// CompreFace's verification service: whether two photos show one person, without the gallery.
extension Application {
    private struct Answer: Encodable {
        struct Result: Encodable {
            let sourceImageFace: FaceRecord
            let faceMatches: [MatchedFace]
            let pluginsVersions: PluginVersions?
        }
        let result: [Result]
    }

    static let verificationRoutes: [Route] = [
        Route(
            "POST", "/api/v1/verification/verify", .scope(.recognise),
            Operation(
                tag: .verification,
                summary: "Whether the faces of the target photo are the one of the source photo.",
                query: PhotoQuery.parameters, body: .photos(["source_image", "target_image"]),
                answer: .json(
                    Schema.object([
                        "result": Schema.list(
                            Schema.object(
                                [
                                    "source_image_face": Schema.object(
                                        ["box": Schema.box], sometimes: Schema.faceExtras),
                                    "face_matches": Schema.list(matchedFace),
                                ], sometimes: ["plugins_versions": ["type": "object"]]))
                    ])))
        ) { app, call in
            let query = try PhotoQuery(call.request)
            let sourceBytes = try call.request.photo("source_image")
            let target = try app.encode(try call.request.photo("target_image"), name: "target_image", query)
            let source = try app.encode(sourceBytes, name: "source_image", query)
            guard !target.faces.isEmpty, !source.faces.isEmpty else { throw FaceSelectionError.noFace }
            // The source shows the one who is meant.
            guard source.photo.faces.count == 1 else {
                throw FaceSelectionError.severalFaces(count: source.photo.faces.count)
            }
            let threshold = app.settings.thresholds.verification
            let matches = try zip(try target.records(query), target.embeddings).map { record, embedding in
                let distance = try euclideanDistance(source.embeddings[0], embedding)
                return MatchedFace(face: record, match: app.match(distance, threshold: threshold))
            }
            return try .json(
                Answer(result: [
                    .init(
                        sourceImageFace: try source.records(query)[0], faceMatches: matches,
                        pluginsVersions: app.versions(query))
                ]))
        }
    ]
}
