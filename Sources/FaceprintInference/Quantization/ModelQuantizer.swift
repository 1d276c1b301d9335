import Faceprint
import FaceprintFiles
import FaceprintModels
import Foundation

/// Makes a network in int8 of one in floats.
///
/// Faces are run through the network to measure how far its activations go; weights are rounded with a scale for each
/// filter, activations with one for each tensor, and biases make up for what the rounding changes on average. What
/// comes out is a standard ONNX file, which other runtimes take too.
///
/// ```swift
/// let quantizer = try ModelQuantizer(try ModelCatalogue().model(named: "facenet"))
/// let pictures = try faces.map { try quantizer.cut($0) }
/// let int8 = try quantizer.quantize(on: pictures, as: "facenet-int8", in: ModelCatalogue())
/// ```
///
/// The rounding follows R. Krishnamoorthi, *Quantizing deep convolutional networks for efficient inference*, 2018.
public struct ModelQuantizer: Sendable {
    public let model: Model
    private let network: QuantizableNetwork
    private let encoder: NetworkEncoder
    private let options: EncoderOptions

    /// Pictures of one run while activations are measured: all tensors are in memory together.
    private static let batch = 4
    /// Of how many faces all distances are measured.
    private static let comparedFaces = 200

    /// - Parameter device: OpenVINO's, for measuring.
    /// - Throws: ``ModelError/cannotQuantize(path:reason:)`` for a network that has nothing to gain, or is in int8
    ///   already; ``InferenceError`` where it can't be run.
    public init(_ model: Model, device: String = "CPU") throws {
        self.model = model
        options = EncoderOptions(device: device, precision: .f32, mode: .throughput)
        let bytes = try File.read(model.path, limit: 2 << 30)
        network = try QuantizableNetwork(bytes, path: model.path)
        encoder = try NetworkEncoder(model, options: options)
    }

    /// The face as the network sees it.
    public func cut(_ face: FaceInPhoto) throws -> Image { try encoder.cut(face) }

    /// Measures, rounds, and puts the network into a catalogue.
    ///
    /// - Parameters:
    ///   - pictures: Of the network's input's size, such as ``cut(_:)`` makes: a few hundred faces as they will be
    ///     recognised. At least two.
    ///   - name: In the catalogue.
    /// - Throws: ``ModelError``, ``InferenceError``.
    public func quantize(on pictures: [Image], as name: String, in catalogue: ModelCatalogue) throws -> Model {
        try ModelCatalogue.require(name: name)
        guard pictures.count >= 2 else {
            throw ModelError.cannotQuantize(
                path: model.path, reason: "\(pictures.count) faces say nothing; a few hundred are right")
        }
        let folder = FileManager.default.temporaryDirectory.path + "/faceprint-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }

        let file = folder + "/measured.onnx"
        let even = network.equalized(try statistics(of: network, on: pictures, file: file, spread: false))
        let bytes = even.quantized(try statistics(of: even, on: pictures, file: file, spread: true))
        let rounded = folder + "/int8.onnx"
        try Data(bytes).write(to: URL(fileURLWithPath: rounded))

        var manifest = model.manifest
        manifest.name = name
        manifest.source += ", in int8"
        manifest.quantization = Quantization(
            original: model.manifest.name, originalSHA256: model.manifest.sha256,
            convolutions: network.convolutionCount, faces: pictures.count,
            largestShift: try largestShift(on: pictures, of: Model(manifest: manifest, path: rounded)))
        return try catalogue.add(manifest, onnx: bytes)
    }

    /// Runs a network that gives its activations out.
    ///
    /// - Parameters:
    ///   - file: Where the network may be written meanwhile.
    ///   - spread: Whether to take the second look too.
    private func statistics(
        of network: QuantizableNetwork, on pictures: [Image], file: String, spread: Bool
    ) throws -> [String: ActivationStatistics] {
        let input = model.manifest.input
        let names = network.activations
        let channels = names.map(network.channels(of:))
        try Data(network.measured).write(to: URL(fileURLWithPath: file))
        let session: Session
        do {
            session = try Session(
                path: file, outputs: names, device: options.device, properties: options.properties(precision: .f32))
        } catch {
            throw InferenceError.cannotCompile(model: model.manifest.name, reason: error.reason)
        }
        var statistics = names.map { _ in ActivationStatistics() }
        let size = min(input.batch ?? Self.batch, pictures.count)
        let places = input.batch ?? size
        func look(_ body: (Int, UnsafeBufferPointer<Float>) -> Void) throws {
            // What is left over of a batch isn't looked at: empty pictures would count.
            for start in stride(from: 0, through: pictures.count - size, by: size) {
                do {
                    try session.run(shape: input.shape(batch: places)) {
                        pictures[start..<(start + size)].write(
                            for: input, normalization: encoder.profile.normalization, into: $0)
                    } read: { outputs in
                        for (i, values) in outputs.enumerated() { body(i, values) }
                    }
                } catch {
                    throw InferenceError.runFailed(model: model.manifest.name, reason: error.reason)
                }
            }
        }
        try look { statistics[$0].extend($1, pictures: places, channels: channels[$0]) }
        if spread { try look { statistics[$0].count($1, pictures: places, channels: channels[$0]) } }
        return Dictionary(uniqueKeysWithValues: zip(names, statistics))
    }

    /// The largest change of a distance between two faces when one of them is encoded by the other network.
    private func largestShift(on pictures: [Image], of rounded: Model) throws -> Float {
        let pictures = Array(pictures.prefix(Self.comparedFaces))
        let space = model.space(profile: encoder.profile)
        func embeddings(_ encoder: NetworkEncoder) throws -> [Embedding] {
            try encoder.outputs(seeing: pictures).map { try Embedding(normalizing: $0, space: space) }
        }
        let floats = try embeddings(encoder)
        let bytes = try embeddings(try NetworkEncoder(rounded, options: options))
        var largest: Float = 0
        for (i, one) in floats.enumerated() {
            for (j, other) in floats.enumerated() where i != j {
                let moved = try abs(euclideanDistance(one, bytes[j]) - euclideanDistance(one, other))
                largest = max(largest, moved)
            }
        }
        return largest
    }
}
