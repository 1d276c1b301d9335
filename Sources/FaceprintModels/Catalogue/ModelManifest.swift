import Faceprint

/// What is known of a model beside its weights; stands as `manifest.json` next to `model.onnx`.
public struct ModelManifest: Hashable, Sendable, Codable {
    /// The image input.
    public struct Input: Hashable, Sendable, Codable {
        /// The order of a picture's numbers.
        public enum Layout: String, Hashable, Sendable, Codable {
            /// `[batch][height][width][channel]`
            case channelsLast = "NHWC"
            /// `[batch][channel][height][width]`
            case channelsFirst = "NCHW"
        }

        public enum ChannelOrder: String, Hashable, Sendable, Codable, CaseIterable {
            case rgb = "RGB"
            case bgr = "BGR"
        }

        public var name: String
        /// In pixels.
        public var width: Int
        /// In pixels.
        public var height: Int
        public var layout: Layout
        public var channels: ChannelOrder
        /// The number of pictures that a run takes; nil when the model takes any.
        public var batch: Int?

        public init(
            name: String, width: Int, height: Int, layout: Layout, channels: ChannelOrder, batch: Int? = nil
        ) {
            self.name = name
            self.width = width
            self.height = height
            self.layout = layout
            self.channels = channels
            self.batch = batch
        }
    }

    /// How the distance of two embeddings is measured.
    public enum Metric: String, Hashable, Sendable, Codable {
        /// L2 distance of unit vectors, 0…2.
        case euclidean
    }

    /// Of this file's form.
    public var version = Self.currentVersion
    public var name: String
    public var input: Input
    /// Alignment, interpolation and normalisation of the photos.
    public var preprocessing: PreprocessingProfile
    /// The name of the output.
    public var output: String
    public var embeddingLength: Int
    public var metric: Metric = .euclidean
    /// The largest distances at which two photos are taken to show one person.
    public var thresholds: Thresholds
    /// Layers of the architecture it was imported from, or nodes of the ONNX file.
    public var layers: Int
    /// Learned numbers.
    public var parameters: Int
    /// Where the weights come from.
    public var source: String
    /// Of `model.onnx`, 64 lower-case hexadecimal digits.
    public var sha256: String
    public var licence: String
    /// nil for a network in floats.
    public var quantization: Quantization?

    public init(
        name: String, input: Input, preprocessing: PreprocessingProfile, output: String, embeddingLength: Int,
        thresholds: Thresholds, layers: Int, parameters: Int, source: String, sha256: String, licence: String,
        quantization: Quantization? = nil
    ) {
        self.name = name
        self.input = input
        self.preprocessing = preprocessing
        self.output = output
        self.embeddingLength = embeddingLength
        self.thresholds = thresholds
        self.layers = layers
        self.parameters = parameters
        self.source = source
        self.sha256 = sha256
        self.licence = licence
        self.quantization = quantization
    }
}

extension ModelManifest {
    /// Since 2 there are two thresholds.
    static let currentVersion = 2

    /// Whether the sizes are such as a run can be laid out for: what stands in a file may be anything.
    var isSensible: Bool {
        (1...4096).contains(input.width) && (1...4096).contains(input.height)
            && (1...1024).contains(input.batch ?? 1) && (1...65_536).contains(embeddingLength)
    }
}
