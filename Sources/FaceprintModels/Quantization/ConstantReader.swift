/// The numbers of a graph's constants, those that a Reshape gives another shape among them.
struct ConstantReader {
    private let constants: [String: ArraySlice<UInt8>]
    private let reshaped: [String: ONNXNode]

    init(_ model: ONNXModel) {
        constants = model.constants
        reshaped = Dictionary(
            model.nodes.filter { $0.isStandard("Reshape") && $0.inputs.count == 2 && $0.outputs.count == 1 }
                .map { ($0.outputs[0], $0) }
        ) { first, _ in first }
    }

    /// A constant of float32; nil where the name isn't one's.
    ///
    /// - Throws: ``ModelError/unsupportedLayer(name:reason:)`` for a tensor that is damaged.
    func tensor(_ name: String) throws(ModelError) -> Tensor? {
        if let node = reshaped[name], let shape = constants[node.inputs[1]], let tensor = try read(node.inputs[0]) {
            return try reshape(tensor, to: try sides(shape, name: name), name: name)
        }
        return try read(name)
    }

    private func read(_ name: String) throws(ModelError) -> Tensor? {
        guard let message = constants[name] else { return nil }
        do {
            let tensor = try ONNXTensor(message)
            guard tensor.type == ONNXElement.float.rawValue else { return nil }
            return Tensor(shape: tensor.shape, values: try tensor.floatNumbers())
        } catch {
            throw refusal(name, error)
        }
    }

    private func sides(_ message: ArraySlice<UInt8>, name: String) throws(ModelError) -> [Int] {
        do { return try ONNXTensor(message).sides() } catch { throw refusal(name, error) }
    }

    /// As ONNX does it: 0 keeps a side, −1 stands for what is left.
    private func reshape(_ tensor: Tensor, to sides: [Int], name: String) throws(ModelError) -> Tensor {
        var shape = sides.enumerated().map { $1 == 0 && $0 < tensor.shape.count ? tensor.shape[$0] : $1 }
        if let open = shape.firstIndex(of: -1) {
            let rest = shape.reduce(1) { $1 == -1 ? $0 : $0.multipliedReportingOverflow(by: $1).partialValue }
            shape[open] = rest > 0 ? tensor.values.count / rest : 0
        }
        var count = 1
        for side in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: side)
            guard side > 0, !overflow else {
                count = 0
                break
            }
            count = product
        }
        guard count == tensor.values.count else {
            throw .unsupportedLayer(name: name, reason: "\(tensor.shape) can't get the shape \(sides)")
        }
        return Tensor(shape: shape, values: tensor.values)
    }

    private func refusal(_ name: String, _ error: any Error) -> ModelError {
        let reason = (error as? ONNXTensor.Refusal)?.reason ?? "its parts don't fit together"
        return .unsupportedLayer(name: name, reason: reason)
    }
}
