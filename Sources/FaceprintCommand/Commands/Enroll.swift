import Faceprint
import FaceprintGallery
import FaceprintImaging
import FaceprintInference
import Foundation
import Synchronization

extension Command {
    static let enroll = Command(
        "enroll", "Add people to the gallery.",
        operands: Operands(usage: "NAME PHOTO…", count: 0...Int.max),
        options: [
            .value(
                "folder", "DIR", "instead of a name and photos: one folder a person, or one photo a person",
                completion: .folder),
            .value(
                "clusters", "FILE.json", "instead: the people who were named on a page of “cluster”", completion: .file),
            .value("shard", "I/N", "with --folder: only the people of the I-th of N parts, such as 3/16"),
            .flag("force", "take the largest face where there are several, and faces of low quality"),
            .value("expire", "DURATION", "let the templates expire after such as 90d, 12h, 2w or 1y"),
            .value("report", "FILE", "list the refused photos and why, in FILE.csv or FILE.jsonl", completion: .file),
            .gallery, .sealKey,
        ] + Option.encoding,
        example: """
            $ faceprint enroll younes younes.jpg
            younes: enrolled younes.jpg, quality 96 (head pose yaw 17°)
            """
    ) { arguments in
        if let path = arguments.string("clusters") {
            guard arguments.operands.isEmpty, arguments.string("folder") == nil else {
                throw UsageError("give --clusters, or photos, or --folder")
            }
            return try enrollClusters(of: path, arguments)
        }
        let photos = try arguments.photosToEnroll()
        let lifetime = try arguments.duration("expire").map(TimeInterval.init)
        let report = try arguments.string("report").map { try RefusalReport(path: $0) }
        let gallery = try arguments.writableGallery()
        let settings = try RecognitionSettings(
            arguments, space: try gallery.space(), mode: photos.count > 1 ? .throughput : .latency)
        let rule = EnrollmentRule(isForced: arguments.has("force"))
        let recorder = Mutex(
            EnrollmentRecorder(
                gallery, threshold: settings.thresholds.verification, lifetime: lifetime, total: photos.count,
                report: report))
        // The disk, or a server far away, holds up no photo that is still to be encoded.
        let store = Handover<EnrollmentRecorder.Item>(most: 64, room: 192) { items in
            try recorder.withLock { try $0.record(items) }
        }
        if !photos.isEmpty {
            var rest = photos[...]
            let recognizer = try settings.recognizer()
            let work = Result {
                try recognizer.faces(
                    ofFilesAt: photos.lazy.map(\.path), rule.selection, limits: settings.limits,
                    known: { try gallery.owners(of: $0, photos) },
                    examine: { photo, faces in try rule.judge(faces[0], of: photo) }
                ) { outcomes in
                    try store(Array(zip(rest, outcomes)))
                    rest = rest.dropFirst(outcomes.count)
                }
            }
            // What was found before an error is stored.
            try store.finish()
            try work.get()
        }
        return try recorder.withLock { recorder in
            // A single photo has its line.
            if arguments.has("folder") || photos.count > 1 { try recorder.finish() } else { try report?.finish() }
            return recorder.summary.refusedCount == 0 ? .yes : .failure
        }
    }
}

extension Arguments {
    fileprivate func photosToEnroll() throws -> [PersonPhoto] {
        if let folder = string("folder") {
            guard operands.isEmpty else { throw UsageError("give NAME PHOTO… or --folder, not both") }
            return try PersonPhoto.all(in: folder, shard: try string("shard").map { try Shard(parsing: $0) })
        }
        guard operands.count >= 2 else { throw UsageError("“enroll” takes NAME PHOTO… or --folder DIR") }
        guard !has("shard") else { throw UsageError("--shard goes with --folder") }
        return operands.dropFirst().map { PersonPhoto(path: $0, person: operands[0]) }
    }
}

extension Gallery {
    /// Whose those of some files are that are enrolled; an error for one that is somebody else's than it is said to be.
    fileprivate func owners(
        of files: [(place: Int, sha256: String)], _ photos: [PersonPhoto]
    ) throws -> [Int: Result<String, any Error>] {
        let owners = try enrolledPhotos(among: files.map(\.sha256))
        var result: [Int: Result<String, any Error>] = [:]
        for (place, digest) in files {
            guard let owner = owners[digest] else { continue }
            let isSame = Gallery.folded(claim: owner) == Gallery.folded(claim: photos[place].person ?? "")
            result[place] = isSame ? .success(owner) : .failure(GalleryError.photoOfAnother(person: owner))
        }
        return result
    }
}
