import CKernels

/// A convolution's weights in int8, symmetric, with a scale for each filter.
struct QuantizedFilters {
    /// In the kernel's order.
    let numbers: [Int8]
    /// `[filter]`
    let scales: [Float]
    /// What rounding has added to the weights of a filter and input channel: `[filter][input channel]`.
    let changes: [Double]

    /// The largest sum of the sizes of two weights that meet in one instruction of processors without VNNI: they add two
    /// products with bytes up to 255 in 16 bits, 255 · 128 < 2¹⁵. So the network gives the same numbers everywhere.
    private static let pairLimit: Int32 = 128

    init(_ kernel: Tensor) {
        let filters = kernel.shape[0]
        let (channels, places) = (kernel.shape[1], kernel.shape[2] * kernel.shape[3])
        var scales = [Float](repeating: 1, count: filters)
        var numbers = [Int8](repeating: 0, count: kernel.values.count)
        var changes = [Double](repeating: 0, count: filters * channels)
        kernel.values.withUnsafeBufferPointer { weights in
            for filter in 0..<filters {
                let start = filter * channels * places
                numbers.withUnsafeMutableBufferPointer { numbers in
                    changes.withUnsafeMutableBufferPointer { changes in
                        scales[filter] = fp_quantize_filter(
                            weights.baseAddress! + start, channels, places, Self.pairLimit,
                            numbers.baseAddress! + start, changes.baseAddress! + filter * channels)
                    }
                }
            }
        }
        (self.numbers, self.scales, self.changes) = (numbers, scales, changes)
    }
}

extension FoldedConvolution {
    /// The bias that makes up for what rounding the weights changes on average.
    ///
    /// A filter's mean output moves by Σ (ŵ − w) · E[x], which is taken off: M. Nagel et al., *Data-free quantization
    /// through weight equalization and bias correction*, 2019, equation 16, with E[x] measured.
    ///
    /// - Parameter means: Of the input's channels; anything else leaves the bias as it is.
    func bias(correcting quantized: QuantizedFilters, means: [Double]) -> [Float] {
        guard means.count == channels else { return bias }
        let inputs = kernel.shape[1]
        return bias.indices.map { filter in
            let first = filter / (bias.count / groups) * inputs
            let moved = (0..<inputs).reduce(0) { $0 + quantized.changes[filter * inputs + $1] * means[first + $1] }
            return bias[filter] - Float(moved)
        }
    }
}
