import FaceprintFiles

/// What can be wrong with a model: its file, its architecture, its weights or its place in the catalogue.
public enum ModelError: Error, Equatable {
    /// The file can't be read or written.
    case file(FileError)
    /// Not an HDF5 file, or one that is cut short or damaged.
    case notHDF5(path: String, reason: String)
    /// An HDF5 file that holds no Keras weights.
    case notKeras(path: String, reason: String)
    /// Weights without the architecture, and no `model.json` was given.
    case noArchitecture(path: String)
    /// The architecture isn't a Keras functional model that can be read.
    case malformedArchitecture(reason: String)
    /// A layer of a class that isn't known, or with settings that aren't.
    case unsupportedLayer(name: String, reason: String)
    case missingWeight(layer: String, weight: String)
    case unusedWeight(layer: String, weight: String)
    case wrongShape(layer: String, weight: String, expected: [Int], found: [Int])
    case damagedWeight(layer: String, weight: String, reason: String)
    /// Not an ONNX file, or one that is cut short.
    case notONNX(path: String, reason: String)
    /// A network, but not one image in and one vector out.
    case notAnEncoder(path: String, reason: String)
    /// A network that can't become int8.
    case cannotQuantize(path: String, reason: String)
    case noSuchModel(name: String, known: [String])
    case invalidName(String)
    case damagedManifest(path: String, reason: String)
    /// The model file is not the one that the manifest describes.
    case checksumMismatch(path: String, expected: String, found: String)
    /// A fusion was named where a single network is needed.
    case notOneNetwork(name: String)
    /// A fusion that can't be, such as one without members.
    case unusableFusion(name: String, reason: String)
    /// A network of a fusion that is missing, or not the one that the fusion was made with.
    case unusableMember(fusion: String, member: String, reason: String)
    /// A detector's file that is missing, damaged or another one.
    case unusableDetector(path: String, reason: String)
    case fetchFailed(step: String, reason: String)
}

extension ModelError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let error):
            "\(error)"
        case .notHDF5(let path, let reason):
            "“\(path)” is not a whole HDF5 file: \(reason); copy or download it again"
        case .notKeras(let path, let reason):
            "“\(path)” holds no Keras weights: \(reason)"
        case .noArchitecture(let path):
            "“\(path)” holds weights only; give its architecture with --architecture model.json"
        case .malformedArchitecture(let reason):
            "the architecture can't be read: \(reason)"
        case .unsupportedLayer(let name, let reason):
            "the layer “\(name)” is not supported: \(reason)"
        case .missingWeight(let layer, let weight):
            "the weight “\(weight)” of the layer “\(layer)” is missing; the weights belong to another architecture"
        case .unusedWeight(let layer, let weight):
            "the weight “\(weight)” of “\(layer)” belongs to no layer; the weights belong to another architecture"
        case .wrongShape(let layer, let weight, let expected, let found):
            "the weight “\(weight)” of the layer “\(layer)” has shape \(found), not \(expected); the weights belong to another architecture"
        case .damagedWeight(let layer, let weight, let reason):
            "the weight “\(weight)” of the layer “\(layer)” is damaged: \(reason)"
        case .notONNX(let path, let reason):
            "“\(path)” is not a whole ONNX file: \(reason); copy or download it again"
        case .notAnEncoder(let path, let reason):
            "“\(path)” is not a face encoder: \(reason); one image in and one vector out are needed"
        case .cannotQuantize(let path, let reason):
            "“\(path)” can't be quantised: \(reason)"
        case .noSuchModel(let name, let known):
            known.isEmpty
                ? "there is no model “\(name)” here yet; run `faceprint model fetch`"
                : "there is no model “\(name)”; known are \(known.joined(separator: ", "))"
        case .invalidName(let name):
            "“\(name)” can't name a model; use letters, digits, “-”, “_” and “.”, at most 64, starting with a letter or digit"
        case .damagedManifest(let path, let reason):
            "“\(path)” can't be used: \(reason); fetch or import the model again"
        case .checksumMismatch(let path, let expected, let found):
            "“\(path)” has SHA-256 \(found), expected \(expected); it is damaged or was replaced: fetch or import it again"
        case .notOneNetwork(let name):
            "“\(name)” is made of several networks; name one of those that `faceprint model show \(name)` lists"
        case .unusableFusion(let name, let reason):
            "the networks of “\(name)” can't be joined: \(reason)"
        case .unusableMember(let fusion, let member, let reason):
            "“\(member)”, a network of “\(fusion)”, \(reason); run `faceprint model fetch`"
        case .unusableDetector(let path, let reason):
            "the face detector's file “\(path)” \(reason); run `faceprint model fetch`"
        case .fetchFailed(let step, let reason):
            "fetching failed at “\(step)”: \(reason)"
        }
    }
}
