import COpenVINO
import Dispatch
import Synchronization

/// A compiled network with one input and one output of float32, run from any number of threads at once.
final class Session: Sendable {
    /// The number of runs that make good use of the device when they are in flight together.
    let concurrentRuns: Int
    private let compiled: Compiled
    private let idle: Mutex<[Request]>
    private let places: DispatchSemaphore

    /// - Parameter properties: OpenVINO's, by its own names.
    init(path: String, device: String, properties: [String: String]) throws(OpenVINO.Failure) {
        compiled = Compiled(handle: try OpenVINO.core.compile(path, device: device, properties: properties))
        concurrentRuns = max(compiled.optimalRequests, 1)
        // One more than can run, so that the next input is written while the others are computed.
        places = DispatchSemaphore(value: concurrentRuns + 1)
        idle = Mutex([])
    }

    /// Runs the network on one batch and gives all numbers of its output.
    ///
    /// - Parameters:
    ///   - shape: Of the input.
    ///   - fill: Writes the input, as many floats as the product of the shape.
    func run(
        shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) -> Void
    ) throws(OpenVINO.Failure) -> [Float] {
        places.wait()
        defer { places.signal() }
        let request =
            if let request = idle.withLock({ $0.popLast() }) { request } else { try Request(of: compiled) }
        // A request that failed isn't used again.
        let output = try request.run(shape: shape, fill: fill)
        idle.withLock { $0.append(request) }
        return output
    }

    /// A compiled model, freed with its owner. OpenVINO lets several threads make requests of it.
    private final class Compiled: @unchecked Sendable {
        let handle: OpaquePointer

        init(handle: OpaquePointer) { self.handle = handle }
        deinit { ov_compiled_model_free(handle) }

        var optimalRequests: Int {
            var value: UnsafeMutablePointer<CChar>?
            guard ov_compiled_model_get_property(handle, fp_ov_optimal_requests(), &value) == OK, let value else {
                return 1
            }
            defer { ov_free(value) }
            return Int(String(cString: value)) ?? 1
        }
    }

    /// One run's place, with its buffers; used by one thread at a time, whoever took it from `idle`.
    private final class Request: @unchecked Sendable {
        private let handle: OpaquePointer
        private let owner: Compiled

        init(of compiled: Compiled) throws(OpenVINO.Failure) {
            var request: OpaquePointer?
            try OpenVINO.check(ov_compiled_model_create_infer_request(compiled.handle, &request))
            handle = request!
            owner = compiled
        }

        deinit { ov_infer_request_free(handle) }

        func run(
            shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) -> Void
        ) throws(OpenVINO.Failure) -> [Float] {
            let input = try Tensor(shape: shape)
            fill(try input.values())
            try OpenVINO.check(ov_infer_request_set_input_tensor(handle, input.handle))
            try OpenVINO.check(ov_infer_request_infer(handle))
            var output: OpaquePointer?
            try OpenVINO.check(ov_infer_request_get_output_tensor(handle, &output))
            return Array(try Tensor(handle: output!).values())
        }
    }

    /// A block of float32 of a shape, freed with its owner.
    private struct Tensor: ~Copyable {
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
