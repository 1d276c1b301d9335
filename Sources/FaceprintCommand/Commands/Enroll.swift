import Faceprint
import FaceprintGallery
import FaceprintImaging
import FaceprintInference

extension Command {
    static let enroll = Command(
        "enroll", "Add people to the gallery.",
        operands: Operands(usage: "NAME PHOTO…", count: 0...Int.max),
        options: [
            .value(
                "folder", "DIR", "instead of a name and photos: one folder a person, or one photo a person",
                completion: .folder),
            .flag("force", "take the largest face where there are several, and faces of low quality"), .gallery,
            .sealKey,
        ] + Option.encoding,
        example: """
            $ faceprint enroll younes younes.jpg
            younes: enrolled younes.jpg, quality 96 (head pose yaw 17°)
            """
    ) { arguments in
        let photos: [PersonPhoto]
        if let folder = arguments.string("folder") {
            guard arguments.operands.isEmpty else { throw UsageError("give NAME PHOTO… or --folder, not both") }
            photos = try PersonPhoto.all(in: folder)
        } else {
            guard arguments.operands.count >= 2 else {
                throw UsageError("“enroll” takes NAME PHOTO… or --folder DIR")
            }
            photos = arguments.operands.dropFirst().map {
                PersonPhoto(path: $0, person: arguments.operands[0])
            }
        }
        let gallery = try arguments.writableGallery()
        let settings = try RecognitionSettings(
            arguments, space: try gallery.space(), mode: photos.count > 1 ? .throughput : .latency)
        var watch = try EnrollmentWatch(gallery, threshold: settings.thresholds.verification)
        var refused = 0
        var people: Set<String> = []
        let isForced = arguments.has("force")
        try settings.recognizer().facesWithProgress(
            ofFilesAt: photos.map(\.path), isForced ? .largest : .only, limits: settings.limits
        ) { place, encoded in
            let photo = photos[place]
            do {
                let (read, faces) = try encoded.get()
                let quality = try faces[0].face.map { try read.image.quality(of: $0) }
                if !isForced { try quality?.requireEnrollable() }
                let template = Template(
                    embedding: faces[0].embedding, photoSHA256: read.sha256,
                    thumbnail: try read.image.thumbnail(of: faces[0].face), quality: quality?.total)
                let enrollment = try gallery.enroll(photo.person ?? "", template)
                people.insert(enrollment.person.name)
                // The line is written after the gallery has it for good.
                let judgement = quality.map { ", \(formatted($0))" } ?? ""
                Console.line("\(enrollment.person.name): \(enrollment.verb) \(photo.shortName)\(judgement)")
                guard case .added(let person, _) = enrollment else { return }
                if let quality, quality.total < FaceQuality.minimumForEnrollment {
                    Console.error("\(photo.path): enrolled by --force: \(FaceQualityError(quality: quality).defect)")
                }
                if let warning = try watch.warning(about: template, of: person.name) {
                    Console.error("\(photo.path): \(warning)")
                }
            } catch let error as GalleryError where error.concernsEveryPhoto {
                throw error
            } catch {
                refused += 1
                Console.error("\(PhotoFailure(path: photo.path, error: error))")
            }
        }
        if photos.count > 1 {
            Console.line("\(people.count) people, \(photos.count - refused) photos; \(refused) refused")
        }
        return refused == 0 ? .yes : .failure
    }
}

extension Enrollment {
    fileprivate var verb: String {
        switch self {
        case .added: "enrolled"
        case .alreadyEnrolled: "already had"
        }
    }
}

extension GalleryError {
    /// Whether the next photo would meet it again.
    fileprivate var concernsEveryPhoto: Bool {
        switch self {
        case .invalidName, .invalidTemplate, .noSuchPerson, .nameTaken, .photoOfAnother: false
        default: true
        }
    }
}
