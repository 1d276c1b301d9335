/// The settings of a Keras layer, read strictly: a setting that would change what the layer computes and that
/// isn't known is refused by name.
struct KerasConfig {
    var layer: String
    var className: String
    var values: KeyedDecodingContainer<Key>

    struct Key: CodingKey, ExpressibleByStringLiteral {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringLiteral value: String) { stringValue = value }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func operation() throws -> Operation {
        switch className {
        case "InputLayer":
            return .input
        case "Conv2D":
            try require("data_format", "channels_last")
            try require("activation", "linear")
            try require("dilation_rate", [1, 1])
            try require("groups", 1, default: 1)
            return .convolution(
                Convolution(
                    filters: try positive("filters"), window: try window(size: "kernel_size"),
                    hasBias: try values.decode(Bool.self, forKey: "use_bias")))
        case "BatchNormalization":
            return .batchNormalization(
                BatchNormalization(
                    epsilon: try values.decode(Float.self, forKey: "epsilon"),
                    momentum: try values.decode(Float.self, forKey: "momentum"),
                    hasScale: try values.decode(Bool.self, forKey: "scale"),
                    hasCenter: try values.decode(Bool.self, forKey: "center")))
        case "Activation":
            try require("activation", "relu")
            return .relu
        case "ReLU":
            guard try values.decodeIfPresent(Float.self, forKey: "max_value") == nil else {
                throw unsupported("it has a max_value")
            }
            try require("negative_slope", 0 as Float, default: 0)
            try require("threshold", 0 as Float, default: 0)
            return .relu
        case "MaxPooling2D":
            try require("data_format", "channels_last")
            return .maxPooling(try window(size: "pool_size"))
        case "AveragePooling2D":
            try require("data_format", "channels_last")
            return .averagePooling(try window(size: "pool_size"))
        case "GlobalAveragePooling2D":
            try require("data_format", "channels_last")
            try require("keepdims", false, default: false)
            return .globalAveragePooling
        case "Concatenate":
            return .concatenation
        case "Add":
            return .scaledSum(scale: 1)
        case "Rescaling":
            // Half a sum: see KerasArchitecture.joiningRescalings.
            try require("offset", 0 as Float, default: 0)
            return .scaledSum(scale: try values.decode(Float.self, forKey: "scale"))
        case "Lambda":
            return try scaledSum()
        case "Dropout":
            return .dropout(rate: try values.decode(Float.self, forKey: "rate"))
        case "Dense":
            try require("activation", "linear")
            return .dense(
                units: try positive("units"), hasBias: try values.decode(Bool.self, forKey: "use_bias"))
        default:
            throw unsupported("layers of class “\(className)” are not known")
        }
    }

    /// The axis that a layer works along, the batch being axis 0; nil where it has none.
    func axis() throws -> Int? {
        // Keras writes a number or, since 2.3, a list of one.
        if let list = try? values.decode([Int].self, forKey: "axis") {
            guard list.count == 1 else { throw unsupported("axis is \(list)") }
            return list[0]
        }
        return try values.decodeIfPresent(Int.self, forKey: "axis")
    }

    /// `[height][width][channel]` of an input layer.
    func inputShape() throws -> [Int] {
        let key: Key = values.contains("batch_input_shape") ? "batch_input_shape" : "batch_shape"
        let shape = try values.decode([Int?].self, forKey: key)
        let sides = shape.dropFirst().compactMap { $0 }
        guard sides.count == shape.count - 1, [1, 3].contains(sides.count),
            sides.allSatisfy({ (1...65_536).contains($0) })
        else {
            throw unsupported("its input is neither [height][width][channel] nor a vector, of fixed size")
        }
        return sides
    }

    /// A Lambda is code, and code from a file is never run: the name says which known function it is.
    private func scaledSum() throws -> Operation {
        struct Arguments: Decodable {
            var scale: Float
        }
        guard layer.hasSuffix("_ScaleSum"),
            let arguments = try? values.decode(Arguments.self, forKey: "arguments")
        else {
            throw unsupported("only a Lambda named “…_ScaleSum” with the argument “scale” is known")
        }
        return .scaledSum(scale: arguments.scale)
    }

    private func window(size key: Key) throws -> Window {
        let size = try pair(key)
        let strides = try pair("strides")
        let name = try values.decode(String.self, forKey: "padding")
        guard let padding = Window.Padding(rawValue: name) else {
            throw unsupported("padding “\(name)” is not known")
        }
        return Window(height: size[0], width: size[1], strideY: strides[0], strideX: strides[1], padding: padding)
    }

    private func pair(_ key: Key) throws -> [Int] {
        let numbers = try values.decode([Int].self, forKey: key)
        guard numbers.count == 2, numbers.allSatisfy({ (1...1024).contains($0) }) else {
            throw unsupported("\(key.stringValue) is \(numbers)")
        }
        return numbers
    }

    private func positive(_ key: Key) throws -> Int {
        let number = try values.decode(Int.self, forKey: key)
        guard (1...1 << 20).contains(number) else { throw unsupported("\(key.stringValue) is \(number)") }
        return number
    }

    private func require<T: Decodable & Equatable>(_ key: Key, _ wanted: T, default missing: T? = nil) throws {
        let found =
            if let missing {
                try values.decodeIfPresent(T.self, forKey: key) ?? missing
            } else {
                try values.decode(T.self, forKey: key)
            }
        guard found == wanted else { throw unsupported("\(key.stringValue) is \(found), only \(wanted) is known") }
    }

    private func unsupported(_ reason: String) -> ModelError {
        .unsupportedLayer(name: layer, reason: reason)
    }
}
