import Faceprint
import FaceprintAnalysis
import FaceprintGallery
import Foundation

/// Enrolls the people who were named on a page of clusters.
///
/// - Parameter path: The file that the page saved, or that “cluster” wrote and somebody put names into.
func enrollClusters(of path: String, _ arguments: Arguments) throws -> ExitStatus {
    let clusters = try FaceClusters(contentsOf: path)
    let lifetime = try arguments.duration("expire").map(TimeInterval.init)
    let named = clusters.clusters.compactMap { cluster in cluster.name.map { (name: $0, faces: cluster.faces) } }
    guard !named.isEmpty else {
        throw UsageError("nobody has a name in “\(path)”; name people on the page and save them")
    }
    let gallery = try arguments.writableGallery()
    var summary = EnrollmentSummary()
    // Clusters of one name are one person's.
    let people = Dictionary(grouping: named) { Gallery.folded(claim: $0.name) }.sorted { $0.key < $1.key }
    for (_, parts) in people {
        var outcome = ClusterEnrollment(named: parts[0].name)
        try outcome.enroll(
            parts.flatMap(\.faces), of: clusters, in: gallery, isForced: arguments.has("force"), lifetime, &summary)
        if outcome.isSaid { Console.line(outcome.description) }
        for error in outcome.errors { Console.error("\(error)") }
    }
    summary.print()
    return summary.refusedCount == 0 ? .yes : .failure
}

/// What becomes of one person's faces.
private struct ClusterEnrollment: CustomStringConvertible {
    /// As the file has it; then as the gallery does.
    private var name: String
    private var added = 0
    private var had = 0
    private var poor = 0
    /// Each once.
    private(set) var errors: [GalleryError] = []

    init(named name: String) { self.name = name }

    mutating func enroll(
        _ faces: [Int], of clusters: FaceClusters, in gallery: Gallery, isForced: Bool, _ lifetime: TimeInterval?,
        _ summary: inout EnrollmentSummary
    ) throws {
        do {
            name = try Gallery.shownName(name)
        } catch {
            for _ in faces { count(.failure(error), &summary) }
            return
        }
        let good = faces.filter { face in
            isForced || clusters.faces[face].quality ?? 100 >= FaceQuality.minimumForEnrollment
        }
        poor = faces.count - good.count
        for _ in 0..<poor { summary.countRefused(.lowQuality) }
        let templates = try good.map { try Template($0, of: clusters, lifetime: lifetime) }
        for result in try gallery.enroll(templates.map { (name, $0) }) { count(result, &summary) }
    }

    private mutating func count(_ result: Result<Enrollment, GalleryError>, _ summary: inout EnrollmentSummary) {
        switch result {
        case .success(.added(let person, _)):
            name = person.name
            added += 1
            summary.countEnrolled(person.name)
        case .success(.alreadyEnrolled(let person, _)):
            name = person.name
            had += 1
            summary.countKnown(person.name)
        case .failure(let error):
            summary.countRefused(RefusalReason(error))
            if !errors.contains(error) { errors.append(error) }
        }
    }

    /// Whether there is more to say than the errors.
    var isSaid: Bool { added + had + poor > 0 }

    var description: String {
        var parts = ["\(counted(added, "face", "faces")) enrolled"]
        if had > 0 { parts.append("\(had) already there") }
        if poor > 0 { parts.append("\(poor) refused for low quality") }
        return "\(name): " + parts.joined(separator: ", ")
    }
}

extension Template {
    /// - Parameter lifetime: In seconds; nil for a template that stays.
    fileprivate init(_ face: Int, of clusters: FaceClusters, lifetime: TimeInterval?) throws {
        let now = Date()
        let stored = clusters.faces[face]
        self.init(
            embedding: try clusters.embedding(of: face), photoSHA256: stored.photoSHA256, created: now,
            thumbnail: Array(stored.thumbnail), quality: stored.quality, expires: lifetime.map { now + $0 })
    }
}
