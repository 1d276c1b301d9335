/// DequantizeLinear over constants, as ONNX' operator set 21 defines it: y = (x − zero point) · scale.
///
/// A scale and zero point are for the whole tensor, for each place on one axis, or for each block of places on it.
struct Dequantization {
    /// −rank…rank − 1
    let axis: Int
    /// Places on the axis that share a scale; 0 for a scale per tensor or per place.
    let blockSize: Int

    init(_ node: ONNXNode) {
        axis = node.integers["axis"] ?? 1
        blockSize = node.integers["block_size"] ?? 0
    }

    /// - Returns: The numbers in the shape of `quantized`.
    func callAsFunction(
        _ quantized: ONNXTensor, scale: ONNXTensor, zeroPoint: ONNXTensor?
    ) throws(ONNXTensor.Refusal) -> Tensor {
        if let zeroPoint, zeroPoint.shape != scale.shape {
            throw .init(reason: "zero points of shape \(zeroPoint.shape) don't fit scales of shape \(scale.shape)")
        }
        if let zeroPoint, zeroPoint.type != quantized.type {
            throw .init(reason: "its zero points are of type \(zeroPoint.type), its numbers of \(quantized.type)")
        }
        let places = try Places(of: quantized.shape, scales: scale.shape, axis: axis, blockSize: blockSize)
        let numbers = try quantized.integers()
        let scales = try scale.floatNumbers()
        let zeros = try zeroPoint?.integers()
        let values = [Float](unsafeUninitializedCapacity: numbers.count) { buffer, count in
            places.forEachRun(upTo: numbers.count) { run, place in
                let zero = Int64(zeros?[place] ?? 0)
                for i in run { buffer[i] = Float(Int64(numbers[i]) - zero) * scales[place] }
            }
            count = numbers.count
        }
        return Tensor(shape: quantized.shape, values: values)
    }
}

/// Which scale belongs to which number.
private struct Places {
    /// Places on the axis, and how many numbers follow each other at one of them.
    private var length = 1
    private var inner = 1
    /// Places on the axis that share a scale.
    private var block = 1
    /// Whether each place before the axis, and each number at one place of it, has scales of its own.
    private var isBlocked = false

    init(
        of shape: [Int], scales: [Int], axis: Int, blockSize: Int
    ) throws(ONNXTensor.Refusal) {
        let misfit = ONNXTensor.Refusal(
            reason:
                "scales of shape \(scales) don't fit numbers of shape \(shape) (axis \(axis), block size \(blockSize))")
        guard !shape.contains(0) else { throw misfit }
        if blockSize == 0 && (scales == [] || scales == [1]) {
            inner = shape.reduce(1, *)
            return
        }
        guard (-shape.count..<shape.count).contains(axis), blockSize >= 0 else { throw misfit }
        let axis = axis < 0 ? axis + shape.count : axis
        length = shape[axis]
        inner = shape[(axis + 1)...].reduce(1, *)
        guard blockSize > 0 else {
            guard scales == [length] else { throw misfit }
            return
        }
        isBlocked = true
        block = blockSize
        var expected = shape
        expected[axis] = length / block + (length % block == 0 ? 0 : 1)
        guard scales == expected else { throw misfit }
    }

    /// Calls the body with numbers that follow each other and share a scale, and the place of that scale.
    func forEachRun(upTo count: Int, _ body: (Range<Int>, Int) -> Void) {
        let blocks = (length - 1) / block + 1
        for row in 0..<count / inner {
            let (outer, place) = row.quotientAndRemainder(dividingBy: length)
            let start = row * inner
            if isBlocked {
                let first = (outer * blocks + place / block) * inner
                for i in 0..<inner { body(start + i..<start + i + 1, first + i) }
            } else {
                body(start..<start + inner, place)
            }
        }
    }
}
