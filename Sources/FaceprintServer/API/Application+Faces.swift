import Faceprint
import FaceprintGallery
import FaceprintImaging
import Foundation

/// CompreFace's “faces”: the enrolled photos.
extension Application {
    private struct Saved: Encodable {
        let imageId: String
        let subject: String
        let quality: Nullable<Float>
    }

    private struct Page: Encodable {
        struct Entry: Encodable {
            let imageId: String
            let subject: String
        }
        let faces: [Entry]
        let pageNumber: Int
        let pageSize: Int
        let totalPages: Int
        let totalElements: Int
    }

    /// How many photos are removed by one request at most.
    private static let mostRemovals = 1_000
    private static let faceSchema = Schema.object(["image_id": Schema.id, "subject": Schema.text])

    static let faceRoutes: [Route] = [
        Route(
            "POST", "/api/v1/recognition/faces", .scope(.enrol),
            Operation(
                tag: .faces, summary: "Add a photo of a person, who is added too where there is nobody of that name.",
                query: [
                    .init(
                        name: "subject", summary: "The person's name.", schema: Schema.name, isRequired: true),
                    .init(
                        name: "det_prob_threshold", summary: "The least score of a face.",
                        schema: ["type": "number", "minimum": 0, "maximum": 1]),
                    .init(
                        name: "force",
                        summary: "Whether to take the largest face of several, and a face of low quality.",
                        schema: Schema.flag),
                ],
                body: .photos(["file"]), status: 201,
                answer: .json(
                    Schema.object([
                        "image_id": Schema.id, "subject": Schema.text, "quality": Schema.optional(Schema.number),
                    ])))
        ) { app, call in
            let request = call.request
            guard let subject = request.query("subject") else { throw HTTPError.missing("subject") }
            let minimum = try request.number("det_prob_threshold", in: 0...1) ?? 0
            let isForced = try request.flag("force") ?? false
            let read = try app.reader.read(try request.photo("file"), name: "file", minimumScore: minimum)
            let (enrollment, quality) = try app.enroll(read, as: subject, forced: isForced, by: call.actor)
            return try .json(
                Saved(
                    imageId: enrollment.id.text, subject: enrollment.person.name, quality: Nullable(quality)),
                status: 201)
        },
        Route(
            "GET", "/api/v1/recognition/faces", .scope(.enrol),
            Operation(
                tag: .faces, summary: "List the photos, in the order in which they were added.",
                query: [
                    .init(
                        name: "page", summary: "From 0.",
                        schema: ["type": "integer", "minimum": 0, "maximum": 1_000_000]),
                    .init(
                        name: "size", summary: "Photos on a page.",
                        schema: ["type": "integer", "minimum": 1, "maximum": 10_000, "default": 20]),
                    .init(name: "subject", summary: "Only of this person.", schema: Schema.name),
                ],
                answer: .json(
                    Schema.object([
                        "faces": Schema.list(faceSchema), "page_number": Schema.count, "page_size": Schema.count,
                        "total_pages": Schema.count, "total_elements": Schema.count,
                    ])))
        ) { app, call in
            let page = try call.request.integer("page", in: 0...1_000_000) ?? 0
            let size = try call.request.integer("size", in: 1...10_000) ?? 20
            let list = try app.gallery.templateList(
                of: call.request.query("subject"), offset: page * size, limit: size)
            return try .json(
                Page(
                    faces: list.entries.map { .init(imageId: $0.id.text, subject: $0.person) }, pageNumber: page,
                    pageSize: size, totalPages: (list.total + size - 1) / size, totalElements: list.total))
        },
        Route(
            "DELETE", "/api/v1/recognition/faces", .scope(.enrol),
            Operation(
                tag: .faces, summary: "Remove all photos of a person, or of everybody. The people stay.",
                query: [.init(name: "subject", summary: "The person's name.", schema: Schema.name)],
                answer: .json(Schema.object(["deleted": Schema.count])))
        ) { app, call in
            let count = try app.gallery.removeTemplates(of: call.request.query("subject"), by: call.actor)
            return try .json(Deleted(deleted: count))
        },
        Route(
            "POST", "/api/v1/recognition/faces/delete", .scope(.enrol),
            Operation(
                tag: .faces, summary: "Remove several photos. Those that aren't there are passed over.",
                body: .json(["type": "array", "items": Schema.id, "maxItems": .integer(mostRemovals)]),
                answer: .json(Schema.list(faceSchema)))
        ) { app, call in
            let ids = try call.request.json([String].self)
            guard ids.count <= mostRemovals else {
                throw HTTPError.badRequest("at most \(mostRemovals) photos are removed at once")
            }
            var removed: [Page.Entry] = []
            for id in try ids.map(imageID) {
                do {
                    let entry = try app.gallery.removeTemplate(id, by: call.actor)
                    removed.append(.init(imageId: entry.id.text, subject: entry.person))
                } catch GalleryError.noSuchTemplate {
                    continue
                }
            }
            return try .json(removed)
        },
        Route(
            "DELETE", "/api/v1/recognition/faces/{image_id}", .scope(.enrol),
            Operation(
                tag: .faces, summary: "Remove a photo.", answer: .json(faceSchema),
                pathSchemas: ["image_id": Schema.id])
        ) { app, call in
            let entry = try app.gallery.removeTemplate(try imageID(call["image_id"]), by: call.actor)
            return try .json(Page.Entry(imageId: entry.id.text, subject: entry.person))
        },
        Route(
            "GET", "/api/v1/recognition/faces/{image_id}/img", .scope(.enrol),
            Operation(
                tag: .faces, summary: "The small picture of a face that is kept with the photo's template.",
                answer: .content("image/jpeg"), pathSchemas: ["image_id": Schema.id])
        ) { app, call in
            try app.thumbnail(call)
        },
        Route(
            "GET", "/api/v1/static/{api_key}/images/{image_id}", .keyInPath,
            Operation(
                tag: .faces,
                summary: "The same for the address of an image, with the key in it: keep such addresses secret.",
                answer: .content("image/jpeg"), pathSchemas: ["image_id": Schema.id])
        ) { app, call in
            guard let caller = call.caller, caller.key.allows(.enrol) else { throw HTTPError.missingScope("enrol") }
            return try app.thumbnail(call)
        },
    ]

    /// Stores a face of a photo as a person's.
    ///
    /// - Parameter forced: Whether to take the largest face of several, and one of low quality.
    /// - Returns: With the quality of the face; nil for a model that takes whole photos.
    func enroll(
        _ read: ReadPhoto, as name: String, forced: Bool, by actor: Actor
    ) throws -> (Enrollment, quality: Float?) {
        let photo = read.photo
        let rule = EnrollmentRule(isForced: forced)
        var face: Face?
        if read.faces != [nil] {
            face = try rule.selection.faces(
                of: read.faces.compactMap { $0 }, width: photo.image.width, height: photo.image.height)[0]
        }
        let judged = try rule.judge(face, of: photo)
        let embedding = try reader.encode([face], of: photo)[0]
        metrics.countFaces(1)
        let template = Template(
            embedding: embedding, photoSHA256: judged.photoSHA256, thumbnail: judged.thumbnail,
            quality: judged.quality?.total)
        return (try gallery.enroll(name, template, by: actor), judged.quality?.total)
    }

    private func thumbnail(_ call: Call) throws -> Response {
        let picture = try gallery.thumbnail(try Self.imageID(call["image_id"]))
        guard !picture.isEmpty else { throw HTTPError.notFound("no picture is kept of this photo", code: 11) }
        return .content(picture, type: "image/jpeg")
    }

    /// - Throws: ``HTTPError`` for text that is no UUID.
    static func imageID(_ text: String) throws(HTTPError) -> UUID {
        guard let id = UUID(uuidString: text) else { throw .badRequest("“\(text.prefix(60))” is no image_id") }
        return id
    }
}

extension UUID {
    /// In lower case, as CompreFace writes it.
    var text: String { uuidString.lowercased() }
}
