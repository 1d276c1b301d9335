import Faceprint
import FaceprintModels

/// A network that is made in no time, for tests of what stands around a network: 16×16×3 to 8.
public enum TinyEncoder {
    public static let name = "tiny"

    /// One convolution with fixed weights and the mean over the picture.
    public static let network: Network = {
        let weights = (0..<384).map { (i: Int) -> Float in Float((i * 7919 + 13) % 101) / 50 - 1 }
        let kernel = Tensor(shape: [4, 4, 3, 8], values: weights)
        let convolution = Convolution(
            filters: 8, window: Window(height: 4, width: 4, strideY: 4, strideX: 4), hasBias: false)
        return Network(
            name: name,
            layers: [
                Layer(name: "photo", operation: .input, inputs: [], outputShape: [16, 16, 3]),
                Layer(
                    name: "filter", operation: .convolution(convolution), inputs: ["photo"], outputShape: [4, 4, 8],
                    parameters: ["kernel": kernel]),
                Layer(name: "relu", operation: .relu, inputs: ["filter"], outputShape: [4, 4, 8]),
                Layer(name: "vector", operation: .globalAveragePooling, inputs: ["relu"], outputShape: [8]),
            ], output: "vector")
    }()

    /// Puts it into a catalogue.
    public static func install(
        in catalogue: ModelCatalogue, as name: String = name, profile: PreprocessingProfile = .assignment
    ) throws -> Model {
        try catalogue.add(
            ModelManifest(
                name: name,
                input: .init(name: "photo", width: 16, height: 16, layout: .channelsLast, channels: .rgb),
                preprocessing: profile, output: "vector", embeddingLength: 8,
                thresholds: Thresholds(verification: 0.7, identification: 0.7),
                layers: network.layers.count, parameters: network.parameterCount, source: "a test", sha256: "",
                licence: "none"),
            onnx: network.onnx())
    }
}

/// Pictures that are told apart by their number.
public func testImage(_ number: Int, side: Int = 16) throws -> Image {
    var state = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    let pixels = (0..<(side * side * 3)).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
    }
    return try Image(width: side, height: side, pixels: pixels)
}
