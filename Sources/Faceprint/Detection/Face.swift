/// A face that a detector found in a photo.
public struct Face: Hashable, Sendable, Codable {
    public var box: Box
    public var landmarks: Landmarks
    /// How sure the detector is, 0…1. Scores of different detectors don't compare.
    public var score: Float

    public init(box: Box, landmarks: Landmarks, score: Float) {
        self.box = box
        self.landmarks = landmarks
        self.score = score
    }
}

extension [Face] {
    /// The face of the largest box: whoever stands nearest to the camera.
    public var largest: Face? { self.max { $0.box.area < $1.box.area } }

    /// The face of most area less twice the squared distance of its middle from the photo's.
    public func central(width: Int, height: Int) -> Face? {
        self.max { $0.box.weight(width, height) < $1.box.weight(width, height) }
    }
}

extension Box {
    fileprivate func weight(_ photoWidth: Int, _ photoHeight: Int) -> Float {
        let (dx, dy) = (x + width / 2 - Float(photoWidth) / 2, y + height / 2 - Float(photoHeight) / 2)
        return area - 2 * (dx * dx + dy * dy)
    }
}
