/// The stage that finds the faces of photos.
public protocol FaceDetector: Sendable {
    /// The faces of each photo, in the order of the photos; those of one photo from the highest score to the lowest.
    func detect(in photos: [Image]) throws -> [[Face]]

    /// The faces of a frame of a video, at least as fast as those of a photo; their landmarks may be off by more. Those
    /// of a face that is to be encoded are brought to a photo's by ``refined(_:in:)``.
    func search(_ frame: Image) throws -> [Face]

    /// A face that ``search(_:)`` found, with landmarks as ``detect(in:)`` gives them.
    func refined(_ face: Face, in frame: Image) throws -> Face
}

extension FaceDetector {
    public func search(_ frame: Image) throws -> [Face] { try detect(in: frame) }

    public func refined(_ face: Face, in frame: Image) throws -> Face { face }

    /// The faces of one photo, from the highest score to the lowest.
    public func detect(in photo: Image) throws -> [Face] {
        try detect(in: [photo])[0]
    }
}
