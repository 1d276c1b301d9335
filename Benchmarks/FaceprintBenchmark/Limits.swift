import FaceprintModels
import Foundation

#if Training
    import COneDNN
#endif

/// Serves the rounds of `limits.py`, one a line on standard input, and answers each on one line:
///
///     f32|bf16|int8    →  billions of operations a second, and the multiplication that reaches it
///     read             →  billions of bytes a second that all cores read from memory
///     operations       →  billions of operations that FaceNet takes for a photo: to encode it, and to train on it
///     onednn           →  oneDNN's version: major, minor, patch
///
/// A multiplication and an addition are two operations.
func benchmarkLimits() throws {
    lazy var numbers = [Float](repeating: 1, count: 1 << 28)
    while let line = readLine() {
        switch line {
        case "read":
            print(rate(of: 4e-9 * Double(numbers.count)) { readOnAllCores(numbers) })
        case "operations":
            let network = try Network(kerasFile: ModelFetcher().kerasFile)
            print(network.operations(training: false) / 1e9, network.operations(training: true) / 1e9)
        default:
            #if Training
                answerWithOneDNN(line)
            #else
                fatalError("“\(line)” needs oneDNN, which this build goes without")
            #endif
        }
        fflush(nil)
    }
}

/// How much of something is done a second, when it is done over and over for a quarter of a second.
private func rate(of amount: Double, _ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    var done = 0.0
    var time = Duration.zero
    repeat {
        try body()
        done += amount
        time = ContinuousClock.now - start
    } while time < .milliseconds(250)
    return done / (time / .seconds(1))
}

extension Network {
    /// Multiplications and additions of a photo's convolutions and dense layers, forward; in training for the input's
    /// gradient and for the kernel's as well.
    fileprivate func operations(training: Bool) -> Double {
        layers.reduce(0) { sum, layer in
            guard let kernel = layer.parameters["kernel"] else { return sum }
            let places = layer.outputShape.dropLast().reduce(1, *)
            // The photo itself needs no gradient.
            let passes = training ? layer.inputs.first == layers[0].name ? 2 : 3 : 1
            return sum + 2 * Double(passes * kernel.values.count * places)
        }
    }
}

#if Training
    private func answerWithOneDNN(_ line: String) {
        if line == "onednn", let version = dnnl_version()?.pointee {
            print(version.major, version.minor, version.patch)
        } else if let precision = Arithmetic(rawValue: line) {
            let fastest = Multiplication.fastest(precision)
            print(rate(of: fastest.operations / 1e9) { fastest.run() }, fastest.name)
        } else {
            fatalError("“\(line)” is not a round")
        }
    }

    private enum Arithmetic: String {
        case f32, bf16, int8

        var types: (source: dnnl_data_type_t, weights: dnnl_data_type_t, result: dnnl_data_type_t) {
            switch self {
            case .f32: (dnnl_f32, dnnl_f32, dnnl_f32)
            case .bf16: (dnnl_bf16, dnnl_bf16, dnnl_bf16)
            case .int8: (dnnl_u8, dnnl_s8, dnnl_u8)
            }
        }
    }

    /// A product of matrices or a convolution by oneDNN, with memory of its own, in the orders that oneDNN likes best.
    private final class Multiplication {
        let name: String
        let operations: Double
        private let stream: dnnl_stream_t
        private let primitive: dnnl_primitive_t
        private let arguments: [dnnl_exec_arg_t]

        /// The one that takes the least time for its operations, of several sizes that suit processors. Each is tried
        /// once; what comes of it is kept.
        static func fastest(_ arithmetic: Arithmetic) -> Multiplication {
            if let found = known[arithmetic] { return found }
            let all =
                [512, 1024, 2048].map { Multiplication(arithmetic, matrices: $0) }
                + [(side: 40, channels: 128), (20, 256), (56, 64), (28, 128)].map {
                    Multiplication(arithmetic, side: $0.side, channels: $0.channels)
                }
            let rates = all.map { multiplication in
                multiplication.run()
                return rate(of: multiplication.operations) { multiplication.run() }
            }
            let best = zip(all, rates).max { $0.1 < $1.1 }!.0
            known[arithmetic] = best
            return best
        }

        nonisolated(unsafe) private static var known: [Arithmetic: Multiplication] = [:]

        /// Of two square matrices.
        convenience init(_ arithmetic: Arithmetic, matrices side: Int) {
            let shape = [side, side]
            let (source, weights, result) = arithmetic.types
            var operation = dnnl_matmul_desc_t()
            var tensors = [
                tensor(shape, source), tensor(shape, weights), tensor(shape, result),
            ]
            check(dnnl_matmul_desc_init(&operation, &tensors[0], &tensors[1], nil, &tensors[2]))
            self.init("matrices-\(side)", &operation, operations: 2 * Double(side * side * side))
        }

        /// Of 16 pictures and kernels of 3×3, as many out as in.
        convenience init(_ arithmetic: Arithmetic, side: Int, channels: Int) {
            let pictures = [16, channels, side, side]
            let (source, weights, result) = arithmetic.types
            var operation = dnnl_convolution_desc_t()
            var tensors = [
                tensor(pictures, source), tensor([channels, channels, 3, 3], weights),
                tensor(pictures, result),
            ]
            check(
                dnnl_convolution_forward_desc_init(
                    &operation, dnnl_forward_inference, dnnl_convolution_direct, &tensors[0], &tensors[1], nil,
                    &tensors[2], [1, 1], [1, 1], [1, 1]))
            self.init(
                "convolution-\(side)×\(side)×\(channels)", &operation,
                operations: 2 * 9 * Double(pictures.reduce(1, *) * channels))
        }

        private init(_ name: String, _ operation: UnsafeRawPointer, operations: Double) {
            self.name = name
            self.operations = operations
            var engine: dnnl_engine_t?
            var stream: dnnl_stream_t?
            var description: dnnl_primitive_desc_t?
            var primitive: dnnl_primitive_t?
            check(dnnl_engine_create(&engine, dnnl_cpu, 0))
            check(dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue))
            check(dnnl_primitive_desc_create(&description, operation, nil, engine, nil))
            check(dnnl_primitive_create(&primitive, description))
            let places = [
                (DNNL_ARG_SRC, dnnl_query_src_md), (DNNL_ARG_WEIGHTS, dnnl_query_weights_md),
                (DNNL_ARG_DST, dnnl_query_dst_md),
            ]
            arguments = places.map { argument, query in
                var memory: dnnl_memory_t?
                let order = dnnl_primitive_desc_query_md(description, query, 0)
                // All ones is how oneDNN is told to take the memory itself.
                check(dnnl_memory_create(&memory, order, engine, UnsafeMutableRawPointer(bitPattern: UInt.max)))
                var start: UnsafeMutableRawPointer?
                check(dnnl_memory_get_data_handle(memory, &start))
                // In every type an ordinary number: in floats 0.7.
                memset(start!, 0x3f, dnnl_memory_desc_get_size(order))
                return dnnl_exec_arg_t(arg: argument, memory: memory)
            }
            self.stream = stream!
            self.primitive = primitive!
        }

        func run() {
            check(dnnl_primitive_execute(primitive, stream, Int32(arguments.count), arguments))
            check(dnnl_stream_wait(stream))
        }
    }

    private func tensor(_ shape: [Int], _ type: dnnl_data_type_t) -> dnnl_memory_desc_t {
        var made = dnnl_memory_desc_t()
        check(
            dnnl_memory_desc_init_by_tag(
                &made, Int32(shape.count), shape.map(Int64.init), type, dnnl_format_tag_any))
        return made
    }

    private func check(_ status: dnnl_status_t) {
        guard status == dnnl_success else { fatalError("oneDNN fails (\(status.rawValue))") }
    }
#endif
