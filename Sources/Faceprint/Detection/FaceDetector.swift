/// The stage that finds the faces of photos.
public protocol FaceDetector: Sendable {
    /// The faces of each photo, in the order of the photos; those of one photo from the highest score to the lowest.
    func detect(in photos: [Image]) throws -> [[Face]]
}

extension FaceDetector {
    /// The faces of one photo, from the highest score to the lowest.
    public func detect(in photo: Image) throws -> [Face] {
        try detect(in: [photo])[0]
    }
}
