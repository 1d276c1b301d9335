import Faceprint

/// What the common area of two boxes is measured by, to tell whether they are of one face.
enum Overlap {
    /// The area of both together.
    case union
    /// The area of the smaller one: a box within another overlaps it wholly.
    case smaller

    /// 0 (apart) to 1.
    func of(_ a: Box, _ b: Box) -> Float {
        switch self {
        case .union: return a.intersectionOverUnion(b)
        case .smaller:
            let least = min(a.area, b.area)
            return least > 0 ? a.intersection(b).area / least : 0
        }
    }
}

extension Array {
    /// Of those whose boxes overlap, only the one of the highest score: greedy non-maximum suppression.
    ///
    /// - Parameters:
    ///   - limit: The overlap above which two boxes are of one face, 0…1.
    /// - Returns: From the highest score to the lowest.
    func suppressingNonMaxima(
        overlap: Overlap = .union, above limit: Float, box: (Element) -> Box, score: (Element) -> Float
    ) -> [Element] {
        var kept: [Element] = []
        for element in sorted(by: { score($0) > score($1) })
        where !kept.contains(where: { overlap.of(box($0), box(element)) > limit }) {
            kept.append(element)
        }
        return kept
    }
}

extension [Face] {
    /// Of faces whose boxes overlap, only the one of the highest score.
    ///
    /// - Parameter overlap: The intersection over union above which two boxes are of one face, 0…1.
    /// - Returns: From the highest score to the lowest.
    func suppressingNonMaxima(overlap: Float) -> [Face] {
        suppressingNonMaxima(above: overlap, box: \.box, score: \.score)
    }
}
