import Faceprint
import FaceprintEvaluation

/// The labels that `--groups` names, for the photos of an evaluation.
struct Groups {
    private let path: String
    private let labels: PhotoLabels

    init?(_ arguments: Arguments) throws {
        guard let path = arguments.string("groups") else { return nil }
        self.path = path
        labels = try PhotoLabels(contentsOf: path)
    }

    /// The label of each photo that has one.
    private func labels(of measured: MeasuredPhotos) throws -> [String?] {
        let found = measured.photos.map { labels.label(ofPhoto: $0.name, identity: $0.identity) }
        guard found.contains(where: { $0 != nil }) else {
            throw EvaluationError.badList(
                list: path,
                reason: "it labels none of the photos; write “PHOTO,LABEL” with paths such as "
                    + "“\(measured.photos[0].name)”"
                    + (measured.photos[0].identity.map { " or people such as “\($0)”" } ?? ""))
        }
        return found
    }

    /// The rates of all pairs within each group. Photos without a label are left out.
    func rates(of measured: MeasuredPhotos, threshold: Float) throws -> [GroupRates] {
        let labels = try labels(of: measured)
        let places = labels.indices.filter { labels[$0] != nil }
        return try GroupRates.measure(
            embeddings: places.map { measured.embeddings[$0] }, identities: places.map { measured.identities[$0] },
            groups: places.compactMap { labels[$0] }, threshold: threshold)
    }

    /// The rates of a list's pairs within each group.
    func rates(of pairs: [MeasuredPair], _ measured: MeasuredPhotos, threshold: Float) throws -> [GroupRates] {
        let labels = try labels(of: measured)
        let byName = zip(measured.photos, labels).compactMap { photo, label in label.map { (photo.name, $0) } }
        return try GroupRates.measure(
            pairs, refused: measured.refusedNames, groups: Dictionary(byName) { $1 }, threshold: threshold)
    }
}
