import Foundation

extension ModelCatalogue {
    /// Changes the thresholds of a network or fusion, in its own file; nothing else of it changes.
    ///
    /// - Throws: ``ModelError/noSuchModel(name:known:)``, what is wrong with the file, or that it can't be written.
    public func setThresholds(_ thresholds: Thresholds, of name: String) throws(ModelError) {
        guard isFusion(name) else {
            var manifest = try model(named: name).manifest
            manifest.thresholds = thresholds
            return try replace(manifestPath(name), with: manifest, thresholds: thresholds)
        }
        var fusion = try fusion(named: name)
        fusion.thresholds = thresholds
        try replace(fusionPath(name), with: fusion, thresholds: thresholds)
    }

    private func replace(_ path: String, with content: some Encodable, thresholds: Thresholds) throws(ModelError) {
        guard thresholds.areDistances else {
            throw .damagedManifest(path: path, reason: "the new thresholds are no distances, 0 to 2")
        }
        do {
            try Self.write(content, to: path)
        } catch {
            throw .file(.unwritable(path: path, reason: error.localizedDescription))
        }
    }
}
