import COpenVINO
import Dispatch
import Faceprint
import FaceprintImaging
import FaceprintModels
import Synchronization

/// Turns pictures of faces into embeddings by running a model in OpenVINO.
///
/// ```swift
/// let model = try ModelCatalogue().model(named: "facenet")
/// let encoder = try Encoder(model)
/// let embedding = try encoder.encode(try Image(contentsOf: "younes.jpg"))
/// ```
///
/// It may be called from several threads at once. A call blocks its thread while the network runs, so from
/// `async` code call it on a queue or executor of your own.
public final class Encoder: FaceEncoder {
    public let model: Model
    public let profile: PreprocessingProfile
    public let space: EmbeddingSpace
    /// The arithmetic that was chosen: never ``EncoderOptions/Precision/automatic``.
    public let precision: EncoderOptions.Precision
    private let session: Session
    private let batchSize: Int

    /// Compiles the model, or loads it compiled from the cache folder.
    ///
    /// - Parameters:
    ///   - profile: How photos become the model's input; nil for the manifest's.
    /// - Throws: ``InferenceError`` for an unknown device, arithmetic that the processor hasn't, or a model that
    ///   OpenVINO refuses.
    public init(
        _ model: Model, profile: PreprocessingProfile? = nil, options: EncoderOptions = EncoderOptions()
    ) throws(InferenceError) {
        self.model = model
        self.profile = profile ?? model.manifest.preprocessing
        space = model.space(profile: self.profile)
        batchSize = model.manifest.input.batch ?? max(options.batchSize, 1)
        let name = model.manifest.name
        do {
            precision = try Self.precision(options)
            session = try Session(
                path: model.path, device: options.device,
                properties: Self.properties(options, precision: precision))
        } catch let failure as OpenVINO.Failure {
            let devices = (try? OpenVINO.core.devices()) ?? []
            let kind = options.device.prefix { $0 != ":" && $0 != "." }
            let isKnown = devices.contains { $0.hasPrefix(kind) } || Self.virtualDevices.contains(String(kind))
            guard isKnown else { throw .noSuchDevice(name: options.device, available: devices) }
            throw .cannotCompile(model: name, reason: failure.reason)
        } catch let error as InferenceError {
            throw error
        } catch {
            throw .cannotCompile(model: name, reason: "\(error)")
        }
    }

    public func encode(_ faces: [Image]) throws -> [Embedding] {
        try outputs(for: faces).map { try Embedding(normalizing: $0, space: space) }
    }

    /// The network's output for each picture, before it is scaled to unit length.
    ///
    /// - Parameter faces: Pictures of any size; the profile says how they are brought to the model's.
    /// - Returns: `[faces.count][embeddingLength]`.
    public func outputs(for faces: [Image]) throws(InferenceError) -> [[Float]] {
        let batches = batches(of: faces)
        let results = Mutex([Result<[[Float]], InferenceError>?](repeating: nil, count: batches.count))
        let next = Atomic(0)
        // As many workers as runs that the device takes at once; a lone batch runs on the caller's thread.
        DispatchQueue.concurrentPerform(iterations: min(session.concurrentRuns, batches.count)) { _ in
            while true {
                let i = next.add(1, ordering: .relaxed).oldValue
                guard i < batches.count else { return }
                let result = Result { () throws(InferenceError) in try run(batches[i]) }
                results.withLock { $0[i] = result }
            }
        }
        var outputs: [[Float]] = []
        outputs.reserveCapacity(faces.count)
        for result in results.withLock({ $0 }) { outputs += try result!.get() }
        return outputs
    }

    /// Of one size, so that no core waits long for another, and none above ``EncoderOptions/batchSize``.
    private func batches(of faces: [Image]) -> [ArraySlice<Image>] {
        var size = batchSize
        if model.manifest.input.batch == nil {
            let atOnce = session.concurrentRuns
            let turns = max((faces.count + batchSize * atOnce - 1) / (batchSize * atOnce), 1)
            size = max((faces.count + turns * atOnce - 1) / (turns * atOnce), 1)
        }
        return stride(from: 0, to: faces.count, by: size).map { faces[$0..<min($0 + size, faces.count)] }
    }

    private func run(_ faces: ArraySlice<Image>) throws(InferenceError) -> [[Float]] {
        let manifest = model.manifest
        // A model of a fixed batch gets empty pictures for the places that are left.
        let places = manifest.input.batch ?? faces.count
        let picture = manifest.input.width * manifest.input.height * 3
        let numbers: [Float]
        do {
            numbers = try session.run(shape: manifest.input.shape(batch: places)) { input in
                for (i, face) in faces.enumerated() {
                    let place = UnsafeMutableBufferPointer(rebasing: input[(i * picture)..<((i + 1) * picture)])
                    face.write(for: manifest.input, profile: profile, into: place)
                }
                input[(faces.count * picture)...].update(repeating: 0)
            }
        } catch {
            throw .runFailed(model: manifest.name, reason: error.reason)
        }
        let length = manifest.embeddingLength
        guard numbers.count == places * length else {
            throw .unexpectedOutput(model: manifest.name, expected: length, found: numbers.count / places)
        }
        return (0..<faces.count).map { Array(numbers[($0 * length)..<(($0 + 1) * length)]) }
    }

    /// Names of OpenVINO's that stand for a choice of devices.
    private static let virtualDevices: Set = ["AUTO", "HETERO", "MULTI", "BATCH"]

    private static func precision(_ options: EncoderOptions) throws -> EncoderOptions.Precision {
        if options.precision == .f32 { return .f32 }
        let abilities = try OpenVINO.core.property(String(cString: fp_ov_device_capabilities()), of: options.device)
        let hasBF16 = abilities.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).contains("BF16")
        if options.precision == .bf16 && !hasBF16 { throw InferenceError.noBF16(device: options.device) }
        return hasBF16 ? .bf16 : .f32
    }

    private static func properties(
        _ options: EncoderOptions, precision: EncoderOptions.Precision
    ) -> [String: String] {
        var properties = [
            String(cString: fp_ov_performance_mode()): options.mode.rawValue.uppercased(),
            String(cString: fp_ov_inference_precision()): precision.rawValue,
        ]
        if let folder = options.cacheFolder {
            properties[String(cString: fp_ov_cache_dir())] = folder
        }
        return properties
    }
}
