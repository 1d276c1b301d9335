import Faceprint

/// A network that looks at squares cut out of a photo, many at a time: what R-Net and O-Net have in common.
struct CropNetwork: Sendable {
    private let network: DetectorNetwork
    /// Of the network's input, in pixels.
    private let side: Int
    /// Numbers of each output for one square.
    private let lengths: [Int]

    init(
        name: String, path: String, side: Int, outputs: [(name: String, length: Int)], options: EncoderOptions
    ) throws(DetectionError) {
        network = try DetectorNetwork(
            name: name, path: path, inputShape: [nil, 3, side, side], outputs: outputs.map(\.name), options: options)
        self.side = side
        lengths = outputs.map(\.length)
    }

    /// The results for the candidates that the photo can hold, in their order.
    ///
    /// - Parameter read: Gets a candidate and its part of each output; nil leaves the candidate out.
    func map<T>(
        _ candidates: [FaceCandidate], in photo: Image,
        read: (FaceCandidate, [UnsafeBufferPointer<Float>.SubSequence]) -> T?
    ) throws(DetectionError) -> [T] {
        var results: [T] = []
        let plausible = candidates.filter { $0.box.isPlausible(in: photo) }
        for start in stride(from: 0, to: plausible.count, by: Self.batch) {
            let batch = plausible[start..<min(start + Self.batch, plausible.count)]
            let found: [T]? = try network.run(shape: [batch.count, 3, side, side]) { input in
                let size = 3 * side * side
                for (i, candidate) in batch.enumerated() {
                    cut(
                        candidate.box, from: photo,
                        into: UnsafeMutableBufferPointer(rebasing: input[(i * size)..<((i + 1) * size)]))
                }
            } read: { outputs in
                guard zip(outputs, lengths).allSatisfy({ $0.count == batch.count * $1 }) else { return nil }
                return batch.enumerated().compactMap { i, candidate in
                    read(candidate, zip(outputs, lengths).map { $0[(i * $1)..<((i + 1) * $1)] })
                }
            }
            guard let found else { throw network.unexpectedOutput }
            results += found
        }
        return results
    }

    /// The most squares of one run: it bounds the memory.
    private static let batch = 128

    private func cut(_ box: Box, from photo: Image, into output: UnsafeMutableBufferPointer<Float>) {
        photo.resample(
            columns: Taps(averaging: Int(box.width), from: Int(box.x.rounded(.down)), of: photo.width, to: side),
            rows: Taps(averaging: Int(box.height), from: Int(box.y.rounded(.down)), of: photo.height, to: side),
            into: output)
    }
}
