/// A layer of Keras' own, and its place in the JSON of a model.
struct KerasModelLayer: Encodable {
    let name: String
    let inputs: [String]
    /// By Keras' names, in Keras' order.
    let weights: [(name: String, tensor: Tensor)]
    private let className: String
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
            case .number(let value): try container.encode(value)
            case .integer(let value): try container.encode(value)
            case .integers(let value): try container.encode(value)
            }
        }
    }

    private init(
        _ className: String, _ name: String, _ inputs: [String], _ settings: [String: Setting],
        weights: [(name: String, tensor: Tensor)] = []
    ) {
        self.className = className
        self.name = name
        self.inputs = inputs
        self.settings = settings
        self.weights = weights
    }

    /// What computes a layer of a network: one layer or, for a scaled sum, two.
    ///
    /// - Parameter names: Those of the network's layers, which no other may have.
    static func layers(for layer: Layer, avoiding names: Set<String>) -> [KerasModelLayer] {
        func one(_ className: String, _ settings: [String: Setting] = [:]) -> [KerasModelLayer] {
            let weights = layer.operation.parameterNames.map { weight in
                guard let tensor = layer.parameters[weight] else {
                    preconditionFailure("\(layer.name)/\(weight) is missing")
                }
                return (weight, tensor)
            }
            return [KerasModelLayer(className, layer.name, layer.inputs, settings, weights: weights)]
        }
        switch layer.operation {
        case .input:
            return one(
                "InputLayer", ["batch_input_shape": .integers([nil] + layer.outputShape), "dtype": .text("float32")])
        case .convolution(let convolution):
            let settings: [String: Setting] = [
                "filters": .integer(convolution.filters), "use_bias": .flag(convolution.hasBias),
                "activation": .text("linear"), "dilation_rate": .integers([1, 1]),
            ]
            return one("Conv2D", settings.merging(window(convolution.window, size: "kernel_size")) { own, _ in own })
        case .batchNormalization(let normalization):
            return one(
                "BatchNormalization",
                [
                    "axis": .integer(layer.outputShape.count), "epsilon": .number(normalization.epsilon),
                    "momentum": .number(normalization.momentum), "scale": .flag(normalization.hasScale),
                    "center": .flag(normalization.hasCenter),
                ])
        case .relu: return one("Activation", ["activation": .text("relu")])
        case .maxPooling(let window): return one("MaxPooling2D", self.window(window, size: "pool_size"))
        case .averagePooling(let window): return one("AveragePooling2D", self.window(window, size: "pool_size"))
        case .globalAveragePooling: return one("GlobalAveragePooling2D", ["data_format": .text("channels_last")])
        case .concatenation: return one("Concatenate", ["axis": .integer(layer.outputShape.count)])
        case .scaledSum(scale: 1): return one("Add")
        case .scaledSum(let scale):
            var scaled = layer.name + "_scale"
            while names.contains(scaled) { scaled += "_" }
            return [
                KerasModelLayer(
                    "Rescaling", scaled, [layer.inputs[1]], ["scale": .number(scale), "offset": .number(0)]),
                KerasModelLayer("Add", layer.name, [layer.inputs[0], scaled], [:]),
            ]
        case .dropout(let rate): return one("Dropout", ["rate": .number(rate)])
        case .dense(let units, let hasBias):
            return one("Dense", ["units": .integer(units), "use_bias": .flag(hasBias), "activation": .text("linear")])
        }
    }

    private static func window(_ window: Window, size: String) -> [String: Setting] {
        [
            size: .integers([window.height, window.width]), "strides": .integers([window.strideY, window.strideX]),
            "padding": .text(window.padding.rawValue), "data_format": .text("channels_last"),
        ]
    }

    func encode(to encoder: any Encoder) throws {
        var layer = encoder.container(keyedBy: KerasConfig.Key.self)
        try layer.encode(className, forKey: "class_name")
        try layer.encode(name, forKey: "name")
        try layer.encode(settings.merging(["name": .text(name)]) { own, _ in own }, forKey: "config")
        // One use of the layer.
        try layer.encode(inputs.isEmpty ? [] : [inputs.map(KerasReference.init)], forKey: "inbound_nodes")
    }
}
