import Faceprint

extension [Face] {
    /// Of faces whose boxes overlap, only the one of the highest score: greedy non-maximum suppression.
    ///
    /// - Parameter overlap: The intersection over union above which two boxes are of one face, 0…1.
    /// - Returns: From the highest score to the lowest.
    func suppressingNonMaxima(overlap: Float) -> [Face] {
        var kept: [Face] = []
        for face in sorted(by: { $0.score > $1.score })
        where !kept.contains(where: { $0.box.intersectionOverUnion(face.box) > overlap }) {
            kept.append(face)
        }
        return kept
    }
}
