import Faceprint

/// YuNet on pictures of the network's own size: what ``YuNetDetector`` searches with, and looks closer with.
struct YuNetNetwork: Sendable {
    private let network: DetectorNetwork
    private static let strides = [8, 16, 32]

    /// - Parameter inputShape: `[pictures][3][height][width]`, the sides multiples of 32; nil for a side that each run
    ///   chooses.
    init(path: String, inputShape: [Int?], options: EncoderOptions) throws(DetectionError) {
        network = try DetectorNetwork(
            name: "YuNet", path: path, inputShape: inputShape,
            outputs: ["cls", "obj", "bbox", "kps"].flatMap { kind in Self.strides.map { "\(kind)_\($0)" } },
            options: options)
    }

    /// The number of runs that make good use of the device when they are in flight together.
    var concurrentRuns: Int { network.concurrentRuns }

    /// What the network finds on pictures of one size: several candidates a face, in the pictures' pixels.
    ///
    /// - Parameter fill: Writes the input of each picture.
    /// - Returns: For each picture.
    func candidates(
        minimumScore: Float, width: Int, height: Int, of pictures: Int = 1,
        fill: ([UnsafeMutableBufferPointer<Float>]) -> Void
    ) throws(DetectionError) -> [[Face]] {
        let size = 3 * width * height
        let faces: [[Face]]? = try network.run(shape: [pictures, 3, height, width]) { input in
            fill((0..<pictures).map { UnsafeMutableBufferPointer(rebasing: input[($0 * size)..<(($0 + 1) * size)]) })
        } read: { outputs in
            var all = [[Face]](repeating: [], count: pictures)
            for (i, cell) in Self.strides.enumerated() {
                let kinds = stride(from: i, to: outputs.count, by: Self.strides.count).map { outputs[$0] }
                for picture in 0..<pictures {
                    guard
                        let grid = YuNetGrid(
                            stride: cell, width: width, height: height, picture: picture, of: pictures, outputs: kinds)
                    else { return nil }
                    grid.appendFaces(minimumScore: minimumScore, to: &all[picture])
                }
            }
            return all
        }
        guard let faces else { throw network.unexpectedOutput }
        return faces
    }
}
