/// A network as the JSON of a Keras 2 functional model says it.
struct KerasModel: Encodable {
    private let network: Network

    init(_ network: Network) { self.network = network }

    func encode(to encoder: any Encoder) throws {
        var model = encoder.container(keyedBy: Keys.self)
        try model.encode("Functional", forKey: "class_name")
        var config = model.nestedContainer(keyedBy: Keys.self, forKey: "config")
        try config.encode(network.name, forKey: "name")
        try config.encode(network.layers.flatMap(KerasModelLayer.layers), forKey: "layers")
        try config.encode([Reference(network.layers[0].name)], forKey: "input_layers")
        try config.encode([Reference(network.output)], forKey: "output_layers")
    }

    struct Keys: CodingKey, ExpressibleByStringLiteral {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringLiteral value: String) { stringValue = value }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// `[layer, node, tensor]`
    struct Reference: Encodable {
        private let layer: String

        init(_ layer: String) { self.layer = layer }

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(layer)
            try list.encode(0)
            try list.encode(0)
        }
    }
}

/// One layer of the JSON.
struct KerasModelLayer: Encodable {
    private let className: String
    private let name: String
    private let inputs: [String]
    private let settings: [String: Setting]

    /// The value of a setting.
    private enum Setting: Encodable {
        case text(String)
        case flag(Bool)
        case number(Float)
        case integer(Int)
        case integers([Int?])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .flag(let value): try container.encode(value)
            // The shortest digits that give the float again; a double's would be those of its exact value.
            case .number(let value): try container.encode(Double("\(value)") ?? Double(value))
            case .integer(let value): try container.encode(value)
            case .integers(let value): try container.encode(value)
            }
        }
    }

    private init(_ className: String, _ name: String, _ inputs: [String], _ settings: [String: Setting]) {
        self.className = className
        self.name = name
        self.inputs = inputs
        self.settings = settings
    }

    /// What computes a layer of a network.
    static func layers(for layer: Layer) -> [KerasModelLayer] {
        let name = layer.name
        func one(_ className: String, _ settings: [String: Setting] = [:]) -> [KerasModelLayer] {
            [KerasModelLayer(className, name, layer.inputs, settings)]
        }
        switch layer.operation {
        case .input:
            return one(
                "InputLayer", ["batch_input_shape": .integers([nil] + layer.outputShape), "dtype": .text("float32")])
        case .convolution(let convolution):
            return one(
                "Conv2D",
                window(convolution.window, size: "kernel_size").merging([
                    "filters": .integer(convolution.filters), "use_bias": .flag(convolution.hasBias),
                    "activation": .text("linear"), "dilation_rate": .integers([1, 1]), "groups": .integer(1),
                ]) { first, _ in first })
        case .batchNormalization(let normalization):
            return one(
                "BatchNormalization",
                [
                    "axis": .integers([layer.outputShape.count]), "epsilon": .number(normalization.epsilon),
                    "momentum": .number(normalization.momentum), "scale": .flag(normalization.hasScale),
                    "center": .flag(normalization.hasCenter),
                ])
        case .relu: return one("Activation", ["activation": .text("relu")])
        case .maxPooling(let window): return one("MaxPooling2D", self.window(window, size: "pool_size"))
        case .averagePooling(let window): return one("AveragePooling2D", self.window(window, size: "pool_size"))
        case .globalAveragePooling:
            return one("GlobalAveragePooling2D", ["data_format": .text("channels_last"), "keepdims": .flag(false)])
        case .concatenation: return one("Concatenate", ["axis": .integer(layer.outputShape.count)])
        case .scaledSum(let scale):
            let scaled = name + "_scale"
            return [
                KerasModelLayer(
                    "Rescaling", scaled, [layer.inputs[1]], ["scale": .number(scale), "offset": .number(0)]),
                KerasModelLayer("Add", name, [layer.inputs[0], scaled], [:]),
            ]
        case .dropout(let rate): return one("Dropout", ["rate": .number(rate)])
        case .dense(let units, let hasBias):
            return one(
                "Dense", ["units": .integer(units), "use_bias": .flag(hasBias), "activation": .text("linear")])
        }
    }

    private static func window(_ window: Window, size: String) -> [String: Setting] {
        [
            size: .integers([window.height, window.width]), "strides": .integers([window.strideY, window.strideX]),
            "padding": .text(window.padding.rawValue), "data_format": .text("channels_last"),
        ]
    }

    func encode(to encoder: any Encoder) throws {
        var layer = encoder.container(keyedBy: KerasModel.Keys.self)
        try layer.encode(className, forKey: "class_name")
        try layer.encode(name, forKey: "name")
        try layer.encode(settings.merging(["name": .text(name)]) { first, _ in first }, forKey: "config")
        // One use of the layer, with `[layer, node, tensor, {}]` for each input.
        var nodes = layer.nestedUnkeyedContainer(forKey: "inbound_nodes")
        guard !inputs.isEmpty else { return }
        var node = nodes.nestedUnkeyedContainer()
        for input in inputs {
            var reference = node.nestedUnkeyedContainer()
            try reference.encode(input)
            try reference.encode(0)
            try reference.encode(0)
            try reference.encode([String: Int]())
        }
    }
}
