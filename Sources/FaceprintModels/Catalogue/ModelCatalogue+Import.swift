import Faceprint
import FaceprintFiles

/// What an importer has to be told, because the file doesn't say it.
public struct ImportOptions: Hashable, Sendable {
    /// The name in the catalogue.
    public var name: String
    public var preprocessing: PreprocessingProfile
    public var channels: ModelManifest.Input.ChannelOrder
    /// The largest L2 distances at which two photos are taken to show one person.
    public var thresholds: Thresholds
    /// Whether an ONNX file that fixes the number of pictures of a run is made to take any number.
    public var opensBatch: Bool
    public var source: String
    public var licence: String

    public init(
        name: String, preprocessing: PreprocessingProfile = .standardized,
        channels: ModelManifest.Input.ChannelOrder = .rgb, thresholds: Thresholds = .uncalibrated,
        opensBatch: Bool = false, source: String, licence: String = "not stated"
    ) {
        self.name = name
        self.preprocessing = preprocessing
        self.channels = channels
        self.thresholds = thresholds
        self.opensBatch = opensBatch
        self.source = source
        self.licence = licence
    }
}

extension ModelCatalogue {
    /// Imports a Keras model: a whole-model `.h5`, or an architecture and a weights-only `.h5`.
    ///
    /// - Throws: ``ModelError``, which names the layer or weight that is wrong.
    public func importKeras(
        _ path: String, architecture: String? = nil, options: ImportOptions
    ) throws(ModelError) -> Model {
        try Self.require(name: options.name)
        let network = try Network(kerasFile: path, architecture: architecture)
        return try add(try options.manifest(of: network, path: path), onnx: network.onnx())
    }

    /// Puts a network into the catalogue, with a Keras file beside its ONNX file, from which training can go on.
    ///
    /// - Throws: ``ModelError``.
    public func add(_ network: Network, options: ImportOptions) throws(ModelError) -> Model {
        try add(try options.manifest(of: network, path: network.name), onnx: network.onnx(), network: network)
    }

    /// Imports any face encoder in ONNX form: one input of a colour image, one output of a vector.
    ///
    /// Weights that the file holds quantised (DequantizeLinear over constants) are written as the float32 numbers that
    /// they stand for. All else is kept as it is, but for the batch where ``ImportOptions/opensBatch`` asks for it.
    ///
    /// - Throws: ``ModelError/notAnEncoder(path:reason:)`` for another network, ``ModelError/notONNX(path:reason:)``,
    ///   ``ModelError/unsupportedLayer(name:reason:)`` for quantised weights that can't be read.
    public func importONNX(_ path: String, options: ImportOptions) throws(ModelError) -> Model {
        try Self.require(name: options.name)
        let bytes: [UInt8]
        do { bytes = try File.read(path, limit: 2 << 30) } catch { throw .file(error) }
        var onnx = try ONNXFolding.folded(bytes, path: path)
        if options.opensBatch { onnx = try ONNXBatch.opened(onnx, path: path) }
        let summary = try ONNXSummary(onnx, path: path)
        let manifest = ModelManifest(
            name: options.name, input: try summary.imageInput(path: path, channels: options.channels),
            preprocessing: options.preprocessing, output: summary.outputs.first?.name ?? "",
            embeddingLength: try summary.embeddingLength(path: path), thresholds: options.thresholds,
            layers: summary.nodes.values.reduce(0, +), parameters: summary.parameterCount,
            source: options.source, sha256: "", licence: options.licence)
        guard manifest.isSensible else {
            throw .notAnEncoder(path: path, reason: "its input, batch or output is too large")
        }
        return try add(manifest, onnx: onnx)
    }
}

extension ImportOptions {
    fileprivate func manifest(of network: Network, path: String) throws(ModelError) -> ModelManifest {
        let input = network.inputShape
        guard input.count == 3, input[2] == 3, network.outputShape.count == 1 else {
            throw .notAnEncoder(path: path, reason: "it maps \(input) to \(network.outputShape)")
        }
        return ModelManifest(
            name: name,
            input: .init(
                name: network.layers[0].name, width: input[1], height: input[0], layout: .channelsLast,
                channels: channels),
            preprocessing: preprocessing, output: network.output, embeddingLength: network.outputShape[0],
            thresholds: thresholds, layers: network.layers.count, parameters: network.parameterCount, source: source,
            sha256: "", licence: licence)
    }
}

extension ONNXSummary {
    fileprivate func imageInput(
        path: String, channels: ModelManifest.Input.ChannelOrder
    ) throws(ModelError) -> ModelManifest.Input {
        guard inputs.count == 1 else {
            throw .notAnEncoder(
                path: path, reason: "it has \(inputs.count) inputs (\(inputs.map(\.name).joined(separator: ", ")))")
        }
        let shape = inputs[0].shape
        guard shape.count == 4, let last = shape[3], let middle = shape[2] else {
            throw .notAnEncoder(path: path, reason: "its input is not an image of fixed size")
        }
        if last == 3, let height = shape[1] {
            return .init(
                name: inputs[0].name, width: middle, height: height, layout: .channelsLast, channels: channels,
                batch: shape[0])
        }
        guard shape[1] == 3 else {
            throw .notAnEncoder(path: path, reason: "its input has no three colour channels")
        }
        return .init(
            name: inputs[0].name, width: last, height: middle, layout: .channelsFirst, channels: channels,
            batch: shape[0])
    }

    fileprivate func embeddingLength(path: String) throws(ModelError) -> Int {
        guard outputs.count == 1 else {
            throw .notAnEncoder(path: path, reason: "it has \(outputs.count) outputs")
        }
        let shape = outputs[0].shape
        guard shape.count == 2, let length = shape[1], length > 1 else {
            throw .notAnEncoder(path: path, reason: "its output is not a vector of fixed length")
        }
        return length
    }
}
