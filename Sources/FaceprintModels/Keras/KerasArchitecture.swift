import Foundation

/// The architecture of a Keras functional model, as its JSON says it: `model_config` in a whole-model file,
/// or `model.json` beside a file of weights.
struct KerasArchitecture: Decodable {
    var name: String
    var layers: [KerasLayer]
    /// The name of the one layer whose output is the model's.
    var output: String

    init(json: Data) throws(ModelError) {
        do {
            self = try JSONDecoder().decode(KerasArchitecture.self, from: json)
        } catch let error as DecodingError {
            throw .malformedArchitecture(reason: Self.explain(error))
        } catch let error as ModelError {
            throw error
        } catch {
            throw .malformedArchitecture(reason: "\(error)")
        }
    }

    init(from decoder: any Decoder) throws {
        let model = try decoder.container(keyedBy: Keys.self)
        let kind = try model.decode(String.self, forKey: .className)
        guard kind == "Model" || kind == "Functional" else {
            throw ModelError.malformedArchitecture(reason: "it is a Keras “\(kind)” model, not a functional one")
        }
        let config = try model.nestedContainer(keyedBy: Keys.self, forKey: .config)
        name = try config.decodeIfPresent(String.self, forKey: .name) ?? "model"
        let described = try config.decode([KerasLayer].self, forKey: .layers)
        let inputs = try config.decode(KerasReferences.self, forKey: .inputLayers).layers
        let outputs = try config.decode(KerasReferences.self, forKey: .outputLayers).layers
        guard inputs.count == 1, outputs.count == 1 else {
            throw ModelError.malformedArchitecture(
                reason: "it has \(inputs.count) inputs and \(outputs.count) outputs, not one each")
        }
        output = outputs[0]
        layers = try Self.joiningRescalings(described)
    }

    private enum Keys: String, CodingKey {
        case className = "class_name"
        case config, name, layers
        case inputLayers = "input_layers"
        case outputLayers = "output_layers"
    }

    private static func explain(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "“\(path(context))” has no “\(key.stringValue)”"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "“\(path(context))” is of another kind than expected"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "it is not JSON" : "“\(path(context))” can't be understood"
        @unknown default: "it can't be understood"
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
}

/// One layer of the JSON, its settings already read as an ``Operation``.
struct KerasLayer: Decodable {
    var className: String
    var name: String
    var operation: Operation
    /// `[height][width][channel]`, of an input layer only.
    var inputShape: [Int]?
    var inputs: [String]
    /// The axis it works along, the batch being axis 0.
    var axis: Int?

    init(from decoder: any Decoder) throws {
        let layer = try decoder.container(keyedBy: Keys.self)
        className = try layer.decode(String.self, forKey: .className)
        name = try layer.decode(String.self, forKey: .name)
        let nodes = try layer.decode([KerasNode].self, forKey: .inboundNodes)
        guard nodes.count == (className == "InputLayer" ? 0 : 1) else {
            throw ModelError.unsupportedLayer(name: name, reason: "it is used \(nodes.count) times")
        }
        if let argument = nodes.first?.arguments.min() {
            throw ModelError.unsupportedLayer(name: name, reason: "it is called with “\(argument)”")
        }
        inputs = nodes.first?.inputs ?? []
        let config = KerasConfig(
            layer: name, className: className,
            values: try layer.nestedContainer(keyedBy: KerasConfig.Key.self, forKey: .config))
        operation = try config.operation()
        axis = try config.axis()
        inputShape = className == "InputLayer" ? try config.inputShape() : nil
    }

    private enum Keys: String, CodingKey {
        case className = "class_name"
        case name, config
        case inboundNodes = "inbound_nodes"
    }
}
