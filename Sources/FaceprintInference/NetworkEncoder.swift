import Faceprint
import FaceprintImaging
import FaceprintModels

/// Runs one network of a model on faces.
///
/// It may be called from several threads at once. A call blocks its thread while the network runs, so from
/// `async` code call it on a queue or executor of your own.
public final class NetworkEncoder: Sendable {
    public let model: Model
    public let profile: PreprocessingProfile
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
        batchSize = model.manifest.input.batch ?? max(options.batchSize, 1)
        let name = model.manifest.name
        // An unknown device has no abilities to ask for, and is named below.
        if options.precision == .bf16, (try? options.deviceHasBF16()) == false {
            throw .noBF16(device: options.device)
        }
        do {
            precision = try options.chosenPrecision()
            session = try Session(
                path: model.path, device: options.device, properties: options.properties(precision: precision))
        } catch {
            let devices = (try? OpenVINO.core.devices()) ?? []
            let kind = options.device.prefix { $0 != ":" && $0 != "." }
            let isKnown = devices.contains { $0.hasPrefix(kind) } || Self.virtualDevices.contains(String(kind))
            guard isKnown else { throw .noSuchDevice(name: options.device, available: devices) }
            throw .cannotCompile(model: name, reason: error.reason)
        }
    }

    /// The network's output for each face, before it is scaled to unit length.
    ///
    /// - Parameter faces: Of photos of any size; the profile says how they are cut and brought to the model's.
    /// - Returns: `[faces.count][embeddingLength]`.
    /// - Throws: ``InferenceError``; ``ImagingError`` for a face that can't be cut out.
    public func outputs(for faces: [FaceInPhoto]) throws -> [[Float]] {
        try outputs(seeing: try concurrentMap(faces) { try cut($0) })
    }

    /// The network's output for each picture that is cut to the face already.
    public func outputs(for pictures: [Image]) throws -> [[Float]] {
        try outputs(for: pictures.map { FaceInPhoto(photo: $0, face: nil) })
    }

    /// The face as the network sees it, of its input's size.
    ///
    /// - Throws: ``InferenceError/noFaceGiven(profile:)``; ``ImagingError`` for a face that can't be cut out.
    public func cut(_ face: FaceInPhoto) throws -> Image {
        try face.picture(for: model.manifest.input, profile: profile)
    }

    /// The network's output for each picture of its input's size.
    ///
    /// - Parameter lane: Whether the caller is one of several that keep the device busy together, so that the pictures
    ///   are better run one batch after the other than spread over the cores.
    func outputs(seeing cuts: [Image], lane: Bool = false) throws -> [[Float]] {
        // As many workers as runs that the device takes at once.
        let runs = lane ? 1 : session.concurrentRuns
        return try concurrentMap(batches(of: cuts, atOnce: runs), workers: runs) { try run($0) }.flatMap { $0 }
    }

    /// Of one size, so that no core waits long for another, and none above ``EncoderOptions/batchSize``.
    private func batches(of cuts: [Image], atOnce: Int) -> [ArraySlice<Image>] {
        var size = batchSize
        if model.manifest.input.batch == nil {
            let turns = max((cuts.count + batchSize * atOnce - 1) / (batchSize * atOnce), 1)
            size = max((cuts.count + turns * atOnce - 1) / (turns * atOnce), 1)
        }
        return stride(from: 0, to: cuts.count, by: size).map { cuts[$0..<min($0 + size, cuts.count)] }
    }

    private func run(_ cuts: ArraySlice<Image>) throws -> [[Float]] {
        let manifest = model.manifest
        // A model of a fixed batch gets empty pictures for the places that are left.
        let places = manifest.input.batch ?? cuts.count
        let numbers: [Float]
        do {
            numbers = try session.run(shape: manifest.input.shape(batch: places)) { input in
                cuts.write(for: manifest.input, normalization: profile.normalization, into: input)
            }
        } catch {
            throw InferenceError.runFailed(model: manifest.name, reason: error.reason)
        }
        let length = manifest.embeddingLength
        guard numbers.count == places * length else {
            throw InferenceError.unexpectedOutput(model: manifest.name, expected: length, found: numbers.count / places)
        }
        return (0..<cuts.count).map { Array(numbers[($0 * length)..<(($0 + 1) * length)]) }
    }

    /// Names of OpenVINO's that stand for a choice of devices.
    private static let virtualDevices: Set = ["AUTO", "HETERO", "MULTI", "BATCH"]
}
