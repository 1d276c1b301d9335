import CKernels

/// What was seen of one tensor while faces ran through the network.
package struct ActivationStatistics: Sendable {
    private(set) var least: Float = .infinity
    private(set) var most: Float = -.infinity
    /// How many numbers have a size in each of ``parts`` equal parts up to the largest; zeros aren't counted.
    private(set) var sizes: [UInt64] = []
    /// The size of the largest number of each channel, where the tensor's channels are known.
    private(set) var largestOfChannels: [Float] = []
    /// The mean of each channel, where they are known.
    private(set) var means: [Double] = []
    private var count = 0

    static let parts = 2048

    package init() {}

    /// The first look: how far the numbers go.
    ///
    /// - Parameters:
    ///   - values: `[pictures][channels][…]`
    ///   - channels: nil where they aren't known.
    package mutating func extend(_ values: UnsafeBufferPointer<Float>, pictures: Int, channels: Int?) {
        fp_extend(values.baseAddress, values.count, &least, &most)
        guard let channels, values.count.isMultiple(of: pictures * channels) else { return }
        if largestOfChannels.isEmpty { largestOfChannels = [Float](repeating: 0, count: channels) }
        let places = values.count / (pictures * channels)
        fp_extend_channels(values.baseAddress, pictures, channels, places, &largestOfChannels)
    }

    /// The second look, when the first is over: how they spread.
    ///
    /// - Parameters:
    ///   - values: `[pictures][channels][…]`
    ///   - channels: nil where they aren't known.
    package mutating func count(_ values: UnsafeBufferPointer<Float>, pictures: Int, channels: Int?) {
        if sizes.isEmpty { sizes = [UInt64](repeating: 0, count: Self.parts) }
        if largest > 0 {
            fp_count_sizes(values.baseAddress, values.count, Float(Self.parts) / largest, &sizes, Self.parts)
        }
        guard let channels, values.count.isMultiple(of: pictures * channels) else { return }
        if means.isEmpty { means = [Double](repeating: 0, count: channels) }
        let places = values.count / (pictures * channels)
        var sums = [Double](repeating: 0, count: channels)
        fp_add_channels(values.baseAddress, pictures, channels, places, &sums)
        let all = count + pictures * places
        for channel in 0..<channels {
            means[channel] = (means[channel] * Double(count) + sums[channel]) / Double(all)
        }
        count = all
    }

    /// The size of the number farthest from 0.
    var largest: Float { max(-least, most, 0) }
}

/// How a tensor's floats become bytes 0…255: `round(x / scale) + zero`, cut off at both ends.
struct ActivationScale: Hashable {
    let scale: Float
    /// The byte of 0.
    let zero: UInt8

    /// The scale of least squared error for tensors that share it.
    ///
    /// A larger range rounds all numbers more coarsely, a smaller one cuts off the largest. With step s and the largest
    /// size T that is kept, the error is that of rounding, s²/12 for each number below T, and that of cutting off,
    /// (|x| − T)² for each above.
    init(of tensors: [ActivationStatistics]) {
        let least = min(tensors.map(\.least).min() ?? 0, 0)
        let most = max(tensors.map(\.most).max() ?? 0, 0)
        let largest = max(-least, most)
        guard largest > 0, largest.isFinite else {
            (scale, zero) = (1, 0)
            return
        }
        func range(_ top: Float) -> (low: Float, high: Float) { (max(least, -top), min(most, top)) }
        let tried = stride(from: 0.3, through: 1, by: 0.02).map { Float($0) * largest }
        let errors = tried.map { top in
            Self.error(of: tensors, upTo: top, step: (range(top).high - range(top).low) / 255)
        }
        let (low, high) = range(tried[errors.indices.min { errors[$0] < errors[$1] }!])
        scale = (high - low) / 255
        zero = UInt8((-low / scale).rounded())
    }

    private static func error(of tensors: [ActivationStatistics], upTo top: Float, step: Float) -> Double {
        let rounding = Double(step) * Double(step) / 12
        return tensors.reduce(0) { sum, tensor in
            let width = tensor.largest / Float(ActivationStatistics.parts)
            return tensor.sizes.enumerated().reduce(sum) { sum, part in
                let beyond = Double((Float(part.offset) + 0.5) * width - top)
                return sum + Double(part.element) * (beyond > 0 ? beyond * beyond : rounding)
            }
        }
    }
}
