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
}
