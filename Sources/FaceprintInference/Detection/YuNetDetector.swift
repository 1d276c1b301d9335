import Faceprint

/// Finds faces with YuNet, a network of 76,000 weights: a few milliseconds a photo.
///
/// A photo is searched as a whole, then each face is looked at closer for its landmarks: see ``CloserLook``.
///
/// ```swift
/// let detector = try YuNetDetector(path: "yunet.onnx")
/// let faces = try detector.detect(in: Image(contentsOf: "group.jpg"))
/// ```
///
/// W. Wu, H. Peng, S. Yu: YuNet: a tiny millisecond-level face detector. Machine Intelligence Research 20, 2023.
/// The file is OpenCV's `face_detection_yunet_2023mar`, with weights in float32; on a photo that isn't resized, and
/// without a closer look, the faces are those of OpenCV's `FaceDetectorYN`.
///
/// It may be called from several threads at once. A call blocks its thread while the network runs.
public final class YuNetDetector: FaceDetector {
    /// Faces of a lower score are left out.
    public let minimumScore: Float
    /// The scales at which photos are searched.
    public let search: Search
    /// How landmarks are refined; nil for as the search gives them.
    public let closerLook: CloserLook?
    private let searcher: YuNetNetwork
    private let looker: YuNetNetwork?

    /// At which scales a photo is searched.
    ///
    /// The network finds faces of about 12 to 500 pixels. So each photo is searched once as a whole, shrunk to
    /// ``longestSide`` where it is larger, and a second time at a finer scale where the first one would miss faces of
    /// ``smallestFace``.
    public struct Search: Hashable, Sendable {
        /// What the longer side of a larger photo is brought to in the first search, in pixels.
        public var longestSide: Int
        /// The side of the smallest faces that are to be found in a large photo, in its pixels.
        public var smallestFace: Float

        public init(longestSide: Int = 640, smallestFace: Float = 24) {
            self.longestSide = longestSide
            self.smallestFace = smallestFace
        }

        /// Pixels of the network's input for one of a photo, for each search.
        func scales(width: Int, height: Int) -> [Float] {
            let longer = Float(max(width, height))
            let whole = min(Float(max(longestSide, 32)) / longer, 1)
            let fine = min(Self.smallestInput / max(smallestFace, 1), 1, Self.largestInput / longer)
            // A second look pays where it is much sharper.
            return fine > 1.25 * whole ? [whole, fine] : [whole]
        }

        /// The side of the smallest face that the network finds well, in pixels of its input.
        private static let smallestInput: Float = 12
        /// The longest side of the network's input: it bounds the memory of a run.
        private static let largestInput: Float = 2560
    }

    /// - Parameters:
    ///   - path: The ONNX file.
    ///   - options: Device, arithmetic and threads. The size of batches isn't used: photos go one by one.
    ///   - minimumScore: 0…1.
    ///   - closerLook: nil for the landmarks that the search gives.
    public init(
        path: String, options: EncoderOptions = EncoderOptions(), minimumScore: Float = 0.6, search: Search = Search(),
        closerLook: CloserLook? = CloserLook()
    ) throws(DetectionError) {
        self.minimumScore = minimumScore
        self.search = search
        self.closerLook = closerLook
        // Each in a session of its own: one that is given another size at every run is slower by half.
        let shapes = [[1, 3, nil, nil]] + (closerLook == nil ? [] : [CloserLook.inputShape])
        let networks = try concurrentMap(shapes) { shape throws(DetectionError) in
            try YuNetNetwork(path: path, inputShape: shape, options: options)
        }
        searcher = networks[0]
        looker = networks.dropFirst().first
    }

    public func detect(in photos: [Image]) throws(DetectionError) -> [[Face]] {
        try concurrentMap(photos, workers: searcher.concurrentRuns) { photo throws(DetectionError) in
            try search(photo).map { face throws(DetectionError) in try refined(face, in: photo) }
        }
    }

    public func refined(_ face: Face, in photo: Image) throws(DetectionError) -> Face {
        guard let closerLook, let looker else { return face }
        return try closerLook.refine(face, in: photo, looker)
    }

    public func search(_ photo: Image) throws(DetectionError) -> [Face] {
        var found: [Face] = []
        for scale in search.scales(width: photo.width, height: photo.height) {
            let letterbox = Letterbox(photo, scale: scale)
            let candidates = try searcher.candidates(
                minimumScore: minimumScore, width: letterbox.width, height: letterbox.height
            ) { letterbox.writeBGR(into: $0[0]) }
            found += candidates[0].map(letterbox.inPhoto)
        }
        return found.suppressingNonMaxima(overlap: 0.3)
    }
}
