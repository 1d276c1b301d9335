import Faceprint

/// Finds faces with YuNet, a network of 76,000 weights: a few milliseconds a photo.
///
/// ```swift
/// let detector = try YuNetDetector(path: "yunet.onnx")
/// let faces = try detector.detect(in: Image(contentsOf: "group.jpg"))
/// ```
///
/// W. Wu, H. Peng, S. Yu: YuNet: a tiny millisecond-level face detector. Machine Intelligence Research 20, 2023.
/// The file is OpenCV's `face_detection_yunet_2023mar`; on a photo that isn't resized, the faces are those of OpenCV's
/// `FaceDetectorYN`.
///
/// It may be called from several threads at once. A call blocks its thread while the network runs.
public final class YuNetDetector: FaceDetector {
    /// Faces of a lower score are left out.
    public let minimumScore: Float
    /// The scales at which photos are searched.
    public let search: Search
    private let network: DetectorNetwork
    private static let strides = [8, 16, 32]

    /// At which scales a photo is searched.
    ///
    /// The network finds faces of about 12 to 500 pixels. So each photo is searched once as a whole, shrunk to
    /// ``longestSide`` or enlarged towards it, and a second time at a finer scale where the first one would miss
    /// faces of ``smallestFace``.
    public struct Search: Hashable, Sendable {
        /// What the longer side of a photo is brought to in the first search, in pixels.
        public var longestSide: Int
        /// The most that a small photo is enlarged.
        public var enlargement: Float
        /// The side of the smallest faces that are to be found in a large photo, in its pixels.
        public var smallestFace: Float

        public init(longestSide: Int = 640, enlargement: Float = 3, smallestFace: Float = 24) {
            self.longestSide = longestSide
            self.enlargement = enlargement
            self.smallestFace = smallestFace
        }

        /// Pixels of the network's input for one of a photo, for each search.
        func scales(width: Int, height: Int) -> [Float] {
            let longer = Float(max(width, height))
            let whole = min(Float(max(longestSide, 32)) / longer, max(enlargement, 0.01))
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
    public init(
        path: String, options: EncoderOptions = EncoderOptions(), minimumScore: Float = 0.6, search: Search = Search()
    ) throws(DetectionError) {
        self.minimumScore = minimumScore
        self.search = search
        network = try DetectorNetwork(
            name: "YuNet", path: path, inputShape: [1, 3, nil, nil],
            outputs: ["cls", "obj", "bbox", "kps"].flatMap { kind in Self.strides.map { "\(kind)_\($0)" } },
            options: options)
    }

    public func detect(in photos: [Image]) throws(DetectionError) -> [[Face]] {
        try concurrentMap(photos, workers: network.concurrentRuns) { photo throws(DetectionError) in
            try faces(in: photo)
        }
    }

    private func faces(in photo: Image) throws(DetectionError) -> [Face] {
        var found: [Face] = []
        for scale in search.scales(width: photo.width, height: photo.height) {
            let letterbox = Letterbox(photo, scale: scale)
            found += try candidates(in: letterbox).map(letterbox.inPhoto)
        }
        return found.suppressingNonMaxima(overlap: 0.3)
    }

    /// In pixels of the letterbox; several a face.
    private func candidates(in letterbox: Letterbox) throws(DetectionError) -> [Face] {
        let faces: [Face]? = try network.run(
            shape: [1, 3, letterbox.height, letterbox.width], fill: letterbox.writeBGR
        ) { outputs in
            var faces: [Face] = []
            for (i, stride) in Self.strides.enumerated() {
                let grid = YuNetGrid(
                    stride: stride, columns: letterbox.width / stride, rows: letterbox.height / stride,
                    classes: outputs[i], objects: outputs[3 + i], boxes: outputs[6 + i], landmarks: outputs[9 + i])
                guard grid.isWhole else { return nil }
                grid.appendFaces(minimumScore: minimumScore, to: &faces)
            }
            return faces
        }
        guard let faces else {
            throw .runFailed(network: network.name, reason: "its outputs don't have the size of its input")
        }
        return faces
    }
}
