import Faceprint

/// Finds faces with MTCNN: three networks, each of which looks closer at what the one before let pass.
///
/// ```swift
/// let detector = try MTCNNDetector(folder: "mtcnn")
/// let faces = try detector.detect(in: Image(contentsOf: "group.jpg"))
/// ```
///
/// K. Zhang, Z. Zhang, Z. Li, Y. Qiao: Joint face detection and alignment using multitask cascaded convolutional
/// networks. IEEE Signal Processing Letters 23 (10), 2016. Its landmarks are steadier than those of ``YuNetDetector``,
/// and it takes longer. Each stage can be used alone: ``proposal``, ``refinement``, ``output``.
///
/// It may be called from several threads at once. A call blocks its thread while the networks run.
public struct MTCNNDetector: FaceDetector {
    public let proposal: ProposalNetwork
    public let refinement: RefinementNetwork
    public let output: OutputNetwork
    /// The side of the smallest faces that are found, in pixels.
    public let smallestFace: Float
    /// The least probabilities of a face, a stage each.
    public let thresholds: Thresholds

    /// The least probability of a face with which a stage lets a candidate pass, 0…1.
    public struct Thresholds: Hashable, Sendable {
        public var proposal: Float
        public var refinement: Float
        public var output: Float

        public init(proposal: Float = 0.7, refinement: Float = 0.7, output: Float = 0.7) {
            self.proposal = proposal
            self.refinement = refinement
            self.output = output
        }
    }

    /// - Parameters:
    ///   - folder: Holds `pnet.onnx`, `rnet.onnx` and `onet.onnx`.
    ///   - options: Device, arithmetic and threads. In bf16 the boxes of one stage move the squares of the next.
    public init(
        folder: String, options: EncoderOptions = EncoderOptions(precision: .f32), smallestFace: Float = 20,
        thresholds: Thresholds = Thresholds()
    ) throws(DetectionError) {
        proposal = try ProposalNetwork(path: folder + "/pnet.onnx", options: options)
        refinement = try RefinementNetwork(path: folder + "/rnet.onnx", options: options)
        output = try OutputNetwork(path: folder + "/onet.onnx", options: options)
        self.smallestFace = smallestFace
        self.thresholds = thresholds
    }

    public func detect(in photos: [Image]) throws(DetectionError) -> [[Face]] {
        try concurrentMap(photos, workers: proposal.concurrentRuns) { photo throws(DetectionError) in
            let proposed = try proposal.candidates(
                in: photo, smallestFace: smallestFace, threshold: thresholds.proposal)
            let refined = try refinement.refine(proposed, in: photo, threshold: thresholds.refinement)
            return try output.faces(refined, in: photo, threshold: thresholds.output)
        }
    }
}
