import Faceprint
import FaceprintAnalysis
import FaceprintEvaluation

/// What clustering found, for people and machines.
struct ClusterReport: Encodable, CustomStringConvertible {
    private struct Cluster: Encodable {
        struct Face: Encodable {
            let photo: String
            let box: Box?
        }

        let name: String?
        let faces: [Face]
    }

    private let photos: Int
    private let method: ClusteringMethod
    private let threshold: Float
    private let clusters: [Cluster]
    private let agreement: ClusterQuality?

    /// How many clusters are listed for people; the largest come first.
    private static let listed = 20

    /// - Parameters:
    ///   - photos: How many photos there were, with or without a face.
    ///   - agreement: With the people whom the photos are known to show; nil where that isn't known.
    init(_ clusters: FaceClusters, photos: Int, _ agreement: ClusterQuality?) {
        self.photos = photos
        method = clusters.method
        threshold = clusters.threshold
        self.clusters = clusters.clusters.map { cluster in
            Cluster(
                name: cluster.name,
                faces: cluster.faces.map { .init(photo: clusters.faces[$0].photo, box: clusters.faces[$0].box) })
        }
        self.agreement = agreement
    }

    var description: String {
        let faces = clusters.reduce(0) { $0 + $1.faces.count }
        let several = clusters.filter { $0.faces.count > 1 }
        let together = several.reduce(0) { $0 + $1.faces.count }
        var lines = [
            "\(counted(faces, "face", "faces")) of \(counted(photos, "photo", "photos")): "
                + "\(counted(several.count, "person", "people")) with \(together) faces, and \(faces - together) alone "
                + "(\(method.rawValue), threshold \(formatted(threshold)))"
        ]
        var table = Table("cluster", "faces", "name", "such as")
        for (number, cluster) in several.prefix(Self.listed).enumerated() {
            table.append(
                "\(number + 1)", "\(cluster.faces.count)", cluster.name ?? "–", cluster.faces.first?.photo ?? "")
        }
        if !several.isEmpty { lines += [""] + table.lines }
        if several.count > Self.listed { lines.append("… and \(several.count - Self.listed) more") }
        if let agreement {
            lines += ["", "Agreement with \(agreement.people) people in \(agreement.photos) photos"]
            var shares = Table("", "precision", "recall", "F")
            for (name, share) in [("BCubed", agreement.bCubed), ("pairwise", agreement.pairwise)] {
                shares.append([name] + [share.precision, share.recall, share.f].map { formatted(Float($0)) })
            }
            lines += shares.lines
        }
        return lines.joined(separator: "\n")
    }
}
