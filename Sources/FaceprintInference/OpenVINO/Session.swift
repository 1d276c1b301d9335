import COpenVINO
import Dispatch
import Synchronization

/// A compiled network with one input and one or more outputs of float32, run from any number of threads at once.
final class Session: Sendable {
    /// The number of runs that make good use of the device when they are in flight together.
    let concurrentRuns: Int
    private let outputs: Outputs
    private let compiled: Compiled
    private let idle: Mutex<[Request]>
    private let places: DispatchSemaphore

    /// - Parameters:
    ///   - inputShape: Replaces that of the model's input; nil for a side that each run chooses.
    ///   - outputs: The names of the outputs that a run gives, in their order; nil for all, in the model's order.
    ///   - properties: OpenVINO's, by its own names.
    init(
        path: String, inputShape: [Int?]? = nil, outputs: [String]? = nil, device: String,
        properties: [String: String]
    ) throws(OpenVINO.Failure) {
        let handle =
            if let inputShape {
                try OpenVINO.core.compile(path, inputShape: inputShape, device: device, properties: properties)
            } else {
                try OpenVINO.core.compile(path, device: device, properties: properties)
            }
        compiled = Compiled(handle: handle)
        self.outputs =
            if let outputs { .named(try outputs.map(compiled.checkingOutput)) } else {
                .all(count: try compiled.outputCount())
            }
        concurrentRuns = max(compiled.optimalRequests, 1)
        // One more than can run, so that the next input is written while the others are computed.
        places = DispatchSemaphore(value: concurrentRuns + 1)
        idle = Mutex([])
    }

    /// Runs the network on one batch and gives all numbers of its first output.
    ///
    /// - Parameters:
    ///   - shape: Of the input.
    ///   - fill: Writes the input, as many floats as the product of the shape.
    func run(
        shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) -> Void
    ) throws(OpenVINO.Failure) -> [Float] {
        try run(shape: shape, fill: fill) { Array($0[0]) }
    }

    /// Runs the network on one batch and gives all numbers of every output.
    func runAll(
        shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) -> Void
    ) throws(OpenVINO.Failure) -> [[Float]] {
        try run(shape: shape, fill: fill) { $0.map { Array($0) } }
    }

    /// Runs the network on one batch and reads its outputs in place.
    ///
    /// - Parameter read: Gets the outputs; they are gone when it returns.
    func run<T>(
        shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) -> Void, read: ([UnsafeBufferPointer<Float>]) -> T
    ) throws(OpenVINO.Failure) -> T {
        places.wait()
        defer { places.signal() }
        let request =
            if let request = idle.withLock({ $0.popLast() }) { request } else { try Request(of: compiled) }
        // A request that failed isn't used again.
        let result = try request.run(shape: shape, outputs: outputs, fill: fill, read: read)
        idle.withLock { $0.append(request) }
        return result
    }

    /// A compiled model, freed with its owner. OpenVINO lets several threads make requests of it.
    private final class Compiled: @unchecked Sendable {
        let handle: OpaquePointer

        init(handle: OpaquePointer) { self.handle = handle }
        deinit { ov_compiled_model_free(handle) }

        var optimalRequests: Int {
            var value: UnsafeMutablePointer<CChar>?
            let name = "OPTIMAL_NUMBER_OF_INFER_REQUESTS"
            guard ov_compiled_model_get_property(handle, name, &value) == OK, let value else { return 1 }
            defer { ov_free(value) }
            return Int(String(cString: value)) ?? 1
        }

        func outputCount() throws(OpenVINO.Failure) -> Int {
            var count = 0
            try OpenVINO.check(ov_compiled_model_outputs_size(handle, &count))
            return count
        }

        /// The name, where the model has such an output. An output may have several names.
        func checkingOutput(_ name: String) throws(OpenVINO.Failure) -> String {
            var port: OpaquePointer?
            guard ov_compiled_model_output_by_name(handle, name, &port) == OK else {
                throw OpenVINO.Failure(reason: "it has no output “\(name)”")
            }
            ov_output_const_port_free(port)
            return name
        }
    }

    private enum Outputs {
        case all(count: Int)
        case named([String])
    }

    /// One run's place, with its buffers; used by one thread at a time, whoever took it from `idle`.
    private final class Request: @unchecked Sendable {
        private let handle: OpaquePointer
        private let owner: Compiled
        /// Of the last run: the next one of that shape writes into the same memory.
        private var input: (shape: [Int], tensor: Tensor)?

        init(of compiled: Compiled) throws(OpenVINO.Failure) {
            var request: OpaquePointer?
            try OpenVINO.check(ov_compiled_model_create_infer_request(compiled.handle, &request))
            handle = request!
            owner = compiled
        }

        deinit { ov_infer_request_free(handle) }

        func run<T>(
            shape: [Int], outputs: Outputs, fill: (UnsafeMutableBufferPointer<Float>) -> Void,
            read: ([UnsafeBufferPointer<Float>]) -> T
        ) throws(OpenVINO.Failure) -> T {
            fill(try input(of: shape).values())
            try OpenVINO.check(ov_infer_request_infer(handle))
            // The numbers are the request's: they outlive these views of them.
            var views: [UnsafeBufferPointer<Float>] = []
            switch outputs {
            case .all(let count):
                for i in 0..<count {
                    var output: OpaquePointer?
                    try OpenVINO.check(ov_infer_request_get_output_tensor_by_index(handle, i, &output))
                    views.append(UnsafeBufferPointer(try Tensor(handle: output!).values()))
                }
            case .named(let names):
                for name in names {
                    var output: OpaquePointer?
                    try OpenVINO.check(ov_infer_request_get_tensor(handle, name, &output))
                    views.append(UnsafeBufferPointer(try Tensor(handle: output!).values()))
                }
            }
            return read(views)
        }

        private func input(of shape: [Int]) throws(OpenVINO.Failure) -> Tensor {
            if let input, input.shape == shape { return input.tensor }
            let tensor = try Tensor(shape: shape)
            try OpenVINO.check(ov_infer_request_set_input_tensor(handle, tensor.handle))
            input = (shape, tensor)
            return tensor
        }
    }

    /// A block of float32 of a shape, freed with its owner.
    private final class Tensor {
        let handle: OpaquePointer

        init(handle: OpaquePointer) { self.handle = handle }

        init(shape: [Int]) throws(OpenVINO.Failure) {
            var sides = shape.map(Int64.init)
            var tensor: OpaquePointer?
            let status = sides.withUnsafeMutableBufferPointer {
                ov_tensor_create(F32, ov_shape_t(rank: Int64($0.count), dims: $0.baseAddress), &tensor)
            }
            try OpenVINO.check(status)
            handle = tensor!
        }

        deinit { ov_tensor_free(handle) }

        func values() throws(OpenVINO.Failure) -> UnsafeMutableBufferPointer<Float> {
            var type = DYNAMIC
            var count = 0
            var data: UnsafeMutableRawPointer?
            try OpenVINO.check(ov_tensor_get_element_type(handle, &type))
            guard type == F32 else { throw OpenVINO.Failure(reason: "a tensor is not of float32") }
            try OpenVINO.check(ov_tensor_get_size(handle, &count))
            try OpenVINO.check(ov_tensor_data(handle, &data))
            return UnsafeMutableBufferPointer(start: data?.assumingMemoryBound(to: Float.self), count: count)
        }
    }
}
