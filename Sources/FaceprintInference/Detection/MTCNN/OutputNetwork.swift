import Faceprint

/// The third stage of ``MTCNNDetector``, O-Net: looks at each refined square in 48×48 pixels, and gives the face's box
/// and landmarks.
public struct OutputNetwork: Sendable {
    private let network: CropNetwork

    /// - Parameter path: The ONNX file.
    public init(path: String, options: EncoderOptions = EncoderOptions(precision: .f32)) throws(DetectionError) {
        network = try CropNetwork(
            name: "O-Net", path: path, side: 48, outputs: [("output1", 10), ("output2", 4), ("output3", 2)],
            options: options)
    }

    /// The faces, from the highest score to the lowest. All candidates are looked at in batches.
    ///
    /// - Parameters:
    ///   - candidates: Of ``RefinementNetwork``. Boxes that the photo can't hold are dropped.
    ///   - threshold: The least probability.
    public func faces(
        _ candidates: [FaceCandidate], in photo: Image, threshold: Float = 0.7
    ) throws(DetectionError) -> [Face] {
        let faces = try network.map(candidates, in: photo) { candidate, outputs -> Face? in
            let (points, offsets) = (Array(outputs[0]), Array(outputs[1]))
            guard let score = outputs[2].last, score > threshold else { return nil }
            let box = candidate.box
            // First all x, then all y, in parts of the square.
            func point(_ i: Int) -> Point {
                Point(x: box.x + box.width * points[i], y: box.y + box.height * points[5 + i])
            }
            let face = Face(
                box: box.moved(by: (offsets[0], offsets[1], offsets[2], offsets[3])),
                landmarks: Landmarks(
                    leftEye: point(0), rightEye: point(1), nose: point(2), leftMouth: point(3), rightMouth: point(4)),
                score: min(score, 1))
            let arePlausible = points.allSatisfy { abs($0) < 4 }
            return arePlausible && face.box.isPlausible(in: photo) ? face : nil
        }
        return faces.suppressingNonMaxima(overlap: .smaller, above: 0.8, box: \.box, score: \.score)
    }
}
