import Faceprint

/// The second stage of ``MTCNNDetector``, R-Net: looks at each proposed square in 24×24 pixels, drops most of them and
/// moves the others.
public struct RefinementNetwork: Sendable {
    private let network: CropNetwork

    /// - Parameter path: The ONNX file.
    public init(path: String, options: EncoderOptions = EncoderOptions(precision: .f32)) throws(DetectionError) {
        network = try CropNetwork(
            name: "R-Net", path: path, side: 24, outputs: [("output1", 4), ("output2", 2)], options: options)
    }

    /// The squares that are likely to hold a face, from the highest score to the lowest. All are looked at in batches.
    ///
    /// - Parameters:
    ///   - candidates: Of ``ProposalNetwork``. Boxes that the photo can't hold are dropped.
    ///   - threshold: The least probability.
    public func refine(
        _ candidates: [FaceCandidate], in photo: Image, threshold: Float = 0.7
    ) throws(DetectionError) -> [FaceCandidate] {
        let likely = try network.map(candidates, in: photo) { candidate, outputs in
            let offsets = Array(outputs[0])
            guard let score = outputs[1].last, score > threshold else { return nil as Refinement? }
            return Refinement(
                before: candidate.box, after: candidate.box.moved(by: (offsets[0], offsets[1], offsets[2], offsets[3])),
                score: score)
        }
        return likely.suppressingNonMaxima(above: 0.7, box: \.before, score: \.score)
            .map { FaceCandidate(box: $0.after.square, score: $0.score) }
            .filter { $0.box.isPlausible(in: photo) }
    }

    private struct Refinement {
        var before: Box
        var after: Box
        var score: Float
    }
}
