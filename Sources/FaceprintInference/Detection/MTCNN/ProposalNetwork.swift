import Faceprint

/// The first stage of ``MTCNNDetector``, P-Net: looks at every place of a photo, at every scale, through a window of
/// 12×12 pixels.
public struct ProposalNetwork: Sendable {
    private let network: DetectorNetwork

    /// - Parameter path: The ONNX file.
    public init(path: String, options: EncoderOptions = EncoderOptions(precision: .f32)) throws(DetectionError) {
        network = try DetectorNetwork(
            name: "P-Net", path: path, inputShape: [1, 3, nil, nil], outputs: ["output1", "output2"], options: options)
    }

    /// The number of runs that make good use of the device when they are in flight together.
    var concurrentRuns: Int { network.concurrentRuns }

    /// Squares that may hold a face, from the highest score to the lowest.
    ///
    /// - Parameters:
    ///   - smallestFace: The side of the smallest faces that are to be found, in pixels; half of it takes four times
    ///     as long.
    ///   - threshold: The least probability.
    public func candidates(
        in photo: Image, smallestFace: Float = 20, threshold: Float = 0.7
    ) throws(DetectionError) -> [FaceCandidate] {
        var proposals: [Proposal] = []
        for scale in Self.scales(width: photo.width, height: photo.height, smallestFace: smallestFace) {
            proposals += try self.proposals(in: photo, scale: scale, threshold: threshold)
                .suppressingNonMaxima(above: 0.5, box: \.window, score: \.score)
        }
        return proposals.suppressingNonMaxima(above: 0.6, box: \.window, score: \.score)
            .map { FaceCandidate(box: $0.window.moved(by: $0.offsets).square, score: $0.score) }
            .filter { $0.box.isPlausible(in: photo) }
    }

    /// From the scale at which the smallest faces fill the window, down to that at which the photo does, in steps
    /// that halve the area. Scales at which the photo has more than four million pixels are left out.
    static func scales(width: Int, height: Int, smallestFace: Float) -> [Double] {
        let first = Double(window) / Double(max(smallestFace, 1))
        var scales: [Double] = []
        var side = Double(min(width, height)) * first
        var scale = first
        while side > Double(window) {
            if Double(width) * Double(height) * scale * scale <= 4_000_000 { scales.append(scale) }
            side *= 0.707
            scale *= 0.707
        }
        return scales
    }

    private static let window = 12

    private struct Proposal {
        /// In the photo's pixels.
        var window: Box
        var score: Float
        var offsets: (Float, Float, Float, Float)
    }

    private func proposals(in photo: Image, scale: Double, threshold: Float) throws(DetectionError) -> [Proposal] {
        let width = Int((Double(photo.width) * scale).rounded(.up))
        let height = Int((Double(photo.height) * scale).rounded(.up))
        // A convolution by 3, a pooling by 2, and two convolutions by 3.
        let (columns, rows) = ((width - 1) / 2 - 4, (height - 1) / 2 - 4)
        let cells = columns * rows
        let proposals: [Proposal]? = try network.run(shape: [1, 3, height, width]) { input in
            photo.interpolate(width: width, height: height, into: input)
        } read: { outputs in
            let (offsets, probabilities) = (outputs[0], outputs[1])
            guard offsets.count == 4 * cells, probabilities.count == 2 * cells else { return nil }
            return (0..<cells).compactMap { cell in
                let score = probabilities[cells + cell]
                guard score > threshold else { return nil }
                return Proposal(
                    window: Self.window(column: cell % columns, row: cell / columns, scale: scale), score: score,
                    offsets: (
                        offsets[cell], offsets[cells + cell], offsets[2 * cells + cell], offsets[3 * cells + cell]
                    ))
            }
        }
        guard let proposals else { throw network.unexpectedOutput }
        return proposals
    }

    private static func window(column: Int, row: Int, scale: Double) -> Box {
        func edge(_ place: Int) -> Float { Float((Double(place) / scale).rounded(.toNearestOrEven)) }
        let (x, y) = (edge(2 * column + 1), edge(2 * row + 1))
        return Box(
            x: x, y: y, width: edge(2 * column + 1 + window) - x + 1, height: edge(2 * row + 1 + window) - y + 1)
    }
}
