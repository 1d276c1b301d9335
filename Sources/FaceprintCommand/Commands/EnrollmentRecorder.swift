import Faceprint
import FaceprintFiles
import FaceprintGallery
import FaceprintImaging
import FaceprintInference
import Foundation

/// Stores what was found on photos, some at a time, and says what became of each.
struct EnrollmentRecorder {
    /// Of a photo that was enrolled before, whose it is.
    typealias Outcome = Result<FileOutcome<String, JudgedFace>, any Error>
    typealias Item = (photo: PersonPhoto, outcome: Outcome)

    private let gallery: Gallery
    private let lifetime: TimeInterval?
    /// It reads the gallery while the model is loaded.
    private let watch: Background<EnrollmentWatch>
    private var progress: ProgressBar
    private let report: RefusalReport?
    private(set) var summary = EnrollmentSummary()

    /// - Parameters:
    ///   - threshold: Of verification.
    ///   - lifetime: In seconds, after which templates expire; nil for templates that stay.
    ///   - total: How many photos there are.
    init(_ gallery: Gallery, threshold: Float, lifetime: TimeInterval?, total: Int, report: RefusalReport?) {
        self.gallery = gallery
        self.lifetime = lifetime
        self.report = report
        watch = Background { try EnrollmentWatch(gallery, threshold: threshold) }
        progress = ProgressBar("photos", of: total, saysEvery: .seconds(60))
    }

    /// Stores templates in one transaction, and prints the lines of all photos after it.
    ///
    /// - Throws: What the next photo would meet again.
    mutating func record(_ items: [Item]) throws {
        let results = try store(items)
        var added: [EnrollmentWatch.Enrolled] = []
        for case .success(.added(let new, _)) in results { added.append(new) }
        var warnings = try watch.value().warnings(about: added).makeIterator()
        progress.clear()
        for (item, result) in zip(items, results) {
            let warning = if case .success(.added) = result { warnings.next() ?? nil } else { nil as String? }
            try say(item.photo, result, warning)
        }
        progress.advance(by: items.count)
    }

    /// Prints the summary, and completes the report.
    mutating func finish() throws {
        progress.clear()
        try report?.finish()
        summary.print()
    }

    private enum Stored {
        case added(EnrollmentWatch.Enrolled, FaceQuality?)
        case had(person: String, FaceQuality?)
    }

    /// - Returns: One an item.
    private func store(_ items: [Item]) throws -> [Result<Stored, any Error>] {
        let new = items.map { item -> (name: String, template: Template)? in
            guard case .success(.recognized(let faces, let judged)) = item.outcome else { return nil }
            return (item.photo.person ?? "", template(faces[0].embedding, judged))
        }
        let entries = new.compactMap(\.self)
        // Before they are stored: afterwards each is its own nearest.
        var nearest = try watch.value().nearest(to: entries.map(\.template)).makeIterator()
        var enrollments = entries.isEmpty ? [].makeIterator() : try gallery.enroll(entries).makeIterator()
        return try zip(items, new).map { item, new in
            switch item.outcome {
            case .failure(let error): return .failure(error)
            case .success(.known(let person)): return .success(.had(person: person, nil))
            case .success(.recognized(_, let judged)):
                let nearest = nearest.next()!
                switch enrollments.next()! {
                case .success(.added(let person, _)):
                    return .success(.added((new!.template, person, nearest), judged.quality))
                case .success(.alreadyEnrolled(let person, _)):
                    return .success(.had(person: person.name, judged.quality))
                case .failure(let error):
                    if error.concernsEveryPhoto { throw error }
                    return .failure(error)
                }
            }
        }
    }

    private func template(_ embedding: Embedding, _ judged: JudgedFace) -> Template {
        let now = Date()
        return Template(
            embedding: embedding, photoSHA256: judged.photoSHA256, created: now, thumbnail: judged.thumbnail,
            quality: judged.quality?.total, expires: lifetime.map { now + $0 })
    }

    private mutating func say(_ photo: PersonPhoto, _ result: Result<Stored, any Error>, _ warning: String?) throws {
        switch result {
        case .success(.added((_, let person, _), let quality)):
            summary.countEnrolled(person.name)
            Console.line("\(person.name): enrolled \(photo.shortName)\(Self.judgement(quality))")
            if let quality, quality.total < FaceQuality.minimumForEnrollment {
                Console.error("\(photo.path): enrolled by --force: \(FaceQualityError(quality: quality).defect)")
            }
            if let warning { Console.error("\(photo.path): \(warning)") }
        case .success(.had(let person, let quality)):
            summary.countKnown(person)
            Console.line("\(person): already had \(photo.shortName)\(Self.judgement(quality))")
        case .failure(let error):
            let reason = RefusalReason(error)
            summary.countRefused(reason)
            Console.error("\(PhotoFailure(path: photo.path, error: error))")
            try report?.append(photo, reason, error)
        }
    }

    private static func judgement(_ quality: FaceQuality?) -> String { quality.map { ", \(formatted($0))" } ?? "" }
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
