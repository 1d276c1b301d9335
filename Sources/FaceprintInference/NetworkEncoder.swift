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
    /// - Parameters:
    ///   - faces: Of photos of any size; the profile says how they are cut and brought to the model's.
    ///   - mirrored: Whether the network sees the mirror image of each cut.
    /// - Returns: `[faces.count][embeddingLength]`.
    /// - Throws: ``InferenceError``; ``ImagingError`` for a face that can't be cut out.
    public func outputs(for faces: [FaceInPhoto], mirrored: Bool = false) throws -> [[Float]] {
        // As many workers as runs that the device takes at once.
        try concurrentMap(batches(of: faces), workers: session.concurrentRuns) { batch in
            try run(batch, mirrored: mirrored)
        }.flatMap { $0 }
    }

    /// The network's output for each picture that is cut to the face already.
    public func outputs(for pictures: [Image]) throws -> [[Float]] {
        try outputs(for: pictures.map { FaceInPhoto(photo: $0, face: nil) })
    }

    /// Of one size, so that no core waits long for another, and none above ``EncoderOptions/batchSize``.
    private func batches(of faces: [FaceInPhoto]) -> [ArraySlice<FaceInPhoto>] {
        var size = batchSize
        if model.manifest.input.batch == nil {
            let atOnce = session.concurrentRuns
            let turns = max((faces.count + batchSize * atOnce - 1) / (batchSize * atOnce), 1)
            size = max((faces.count + turns * atOnce - 1) / (turns * atOnce), 1)
        }
        return stride(from: 0, to: faces.count, by: size).map { faces[$0..<min($0 + size, faces.count)] }
    }

    private func run(_ faces: ArraySlice<FaceInPhoto>, mirrored: Bool) throws -> [[Float]] {
        let manifest = model.manifest
        let pictures = try faces.map { face in
            let picture = try face.picture(for: manifest.input, profile: profile)
            return mirrored ? picture.mirrored : picture
        }
        // A model of a fixed batch gets empty pictures for the places that are left.
        let places = manifest.input.batch ?? faces.count
        let picture = manifest.input.width * manifest.input.height * 3
        let numbers: [Float]
        do {
            numbers = try session.run(shape: manifest.input.shape(batch: places)) { input in
                for (i, face) in pictures.enumerated() {
                    let place = UnsafeMutableBufferPointer(rebasing: input[(i * picture)..<((i + 1) * picture)])
                    face.write(for: manifest.input, normalization: profile.normalization, into: place)
                }
                input[(faces.count * picture)...].update(repeating: 0)
            }
        } catch {
            throw InferenceError.runFailed(model: manifest.name, reason: error.reason)
        }
        let length = manifest.embeddingLength
        guard numbers.count == places * length else {
            throw InferenceError.unexpectedOutput(model: manifest.name, expected: length, found: numbers.count / places)
        }
        return (0..<faces.count).map { Array(numbers[($0 * length)..<(($0 + 1) * length)]) }
    }

    /// Names of OpenVINO's that stand for a choice of devices.
    private static let virtualDevices: Set = ["AUTO", "HETERO", "MULTI", "BATCH"]
}
