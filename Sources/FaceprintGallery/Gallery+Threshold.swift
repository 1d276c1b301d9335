extension Gallery {
    /// The largest distance at which somebody is identified in this gallery; nil where the model's is used.
    public func identificationThreshold() throws(GalleryError) -> Float? {
        try store.read { (c) throws(GalleryError) in try threshold(in: c) }
    }

    /// Chooses the threshold of identification.
    ///
    /// - Parameter threshold: 0…2; nil for the model's.
    /// - Throws: ``GalleryError/invalidThreshold(_:)``, or an error of the file.
    public func setIdentificationThreshold(
        _ threshold: Float?, by actor: Actor = .commandLine
    ) throws(GalleryError) {
        if let threshold, !Self.thresholds.contains(threshold) { throw .invalidThreshold(threshold) }
        try store.write { (c) throws(GalleryError) in
            let present = try self.threshold(in: c)
            guard present != threshold else { return }
            try c.run(
                "UPDATE state SET identification_threshold = ?1", .real(threshold.map(Double.init)))
            var detail: [String: String] = [:]
            detail["from"] = present.map { "\($0)" }
            detail["to"] = threshold.map { "\($0)" }
            try StoredEvent.append([NewEvent(.thresholdChanged, by: actor, detail: detail)], in: c)
        }
    }

    /// All distances that there are.
    static let thresholds: ClosedRange<Float> = 0...2

    func threshold(in connection: any Connection) throws(GalleryError) -> Float? {
        let row = try connection.prepare("SELECT identification_threshold FROM state")
        guard try row.step() else { throw stateIsMissing }
        guard let threshold = row.real(0).map({ Float($0) }) else { return nil }
        guard Self.thresholds.contains(threshold) else {
            throw .damaged(path: location, reason: "its threshold is \(threshold)")
        }
        return threshold
    }
}
