import Faceprint
import FaceprintFiles
import Foundation

extension ModelCatalogue {
    /// The distributions that a calibration has stored for a model, or that were measured for the models that are
    /// fetched; nil where there are none for this very model and profile.
    ///
    /// - Throws: ``ModelError`` for a file that is damaged.
    public func distances(of space: EmbeddingSpace) throws(ModelError) -> DistanceDistributions? {
        if Self.isName(space.model), FileManager.default.fileExists(atPath: distancesPath(space.model)) {
            let path = distancesPath(space.model)
            let stored = try decode(DistanceDistributions.self, from: path)
            guard stored.isSensible else {
                throw .damagedManifest(path: path, reason: "its counts are no distributions of distances")
            }
            if stored.fits(space) { return stored }
        }
        return DistanceDistributions.measured.first { $0.fits(space) }
    }

    /// Stores what a calibration saw beside the model that it was of.
    ///
    /// - Throws: ``ModelError/noSuchModel(name:known:)``, or that the file can't be written.
    public func setDistances(_ distances: DistanceDistributions) throws(ModelError) {
        let name = distances.space.model
        guard names().contains(name) else { throw .noSuchModel(name: name, known: names()) }
        do {
            try Self.write(distances, to: distancesPath(name))
        } catch {
            throw .file(.unwritable(path: distancesPath(name), reason: error.localizedDescription))
        }
    }

    private func distancesPath(_ name: String) -> String { "\(folder)/\(name)/distances.json" }
}
