import Faceprint

/// CompreFace's detection service: where faces are.
extension Application {
    private struct Answer: Encodable {
        let result: [FaceRecord]
        let pluginsVersions: PluginVersions?
    }

    static let detectionRoutes: [Route] = [
        Route(
            "POST", "/api/v1/detection/detect", .scope(.recognise),
            Operation(
                tag: .detection, summary: "Where the faces of a photo are.", query: PhotoQuery.parameters,
                body: .photos(["file"]),
                answer: .json(
                    Schema.results(Schema.object(["box": Schema.box], sometimes: Schema.faceExtras))))
        ) { app, call in
            let query = try PhotoQuery(call.request)
            let bytes = try call.request.photo("file")
            // Embeddings cost most of the time, and are wanted by few.
            if query.plugins.contains(.calculator) {
                let encoded = try app.encode(bytes, name: "file", query)
                guard !encoded.faces.isEmpty else { throw FaceSelectionError.noFace }
                return try .json(Answer(result: try encoded.records(query), pluginsVersions: app.versions(query)))
            }
            let start = ContinuousClock.now
            let read = try app.reader.read(bytes, name: "file", minimumScore: query.minimumScore)
            guard !read.faces.isEmpty else { throw FaceSelectionError.noFace }
            let time = FaceRecord.Times(detector: (.now - start) / .milliseconds(1), calculator: nil)
            let faces = query.limit == 0 ? read.faces : Array(read.faces.prefix(query.limit))
            return try .json(
                Answer(
                    result: try faces.map {
                        try FaceRecord(
                            $0, of: read.photo.image, embedding: nil, query: query,
                            times: query.wantsStatus ? time : nil)
                    }, pluginsVersions: app.versions(query)))
        }
    ]
}
