/// One use of a layer: what it takes, in the form of Keras 2 or of Keras 3.
struct KerasNode: Decodable {
    let inputs: [KerasReference]

    init(from decoder: any Decoder) throws {
        if (try? decoder.unkeyedContainer()) != nil {
            inputs = try decoder.singleValueContainer().decode([KerasReference].self)
            return
        }
        // A call of the layer, with one tensor or a list of them as its first argument.
        let call = try decoder.container(keyedBy: Keys.self)
        var arguments = try call.nestedUnkeyedContainer(forKey: .args)
        if let list = try? arguments.decode([KerasTensor].self) {
            inputs = list.map(\.source)
        } else {
            inputs = [try arguments.decode(KerasTensor.self).source]
        }
        guard arguments.isAtEnd else {
            throw DecodingError.dataCorruptedError(in: arguments, debugDescription: "a call has several arguments")
        }
    }

    private enum Keys: String, CodingKey {
        case args
    }
}

/// `[layer, node, tensor, …]`: where a layer's input comes from.
struct KerasReference: Decodable {
    var layer: String

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        layer = try list.decode(String.self)
        guard try list.decode(Int.self) == 0, try list.decode(Int.self) == 0 else {
            throw ModelError.unsupportedLayer(name: layer, reason: "it is used more than once (a shared layer)")
        }
    }
}

/// The inputs or the outputs of a model: a list of references or, as Keras 3 writes it, a lone one.
struct KerasReferenceList: Decodable {
    let references: [KerasReference]

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        let isAlone = (try? list.decode(String.self)) != nil
        let container = try decoder.singleValueContainer()
        references =
            isAlone ? [try container.decode(KerasReference.self)] : try container.decode([KerasReference].self)
    }
}

/// A tensor as Keras 3 describes it.
private struct KerasTensor: Decodable {
    let source: KerasReference

    init(from decoder: any Decoder) throws {
        source = try decoder.container(keyedBy: Keys.self).nestedContainer(keyedBy: Keys.self, forKey: .config)
            .decode(KerasReference.self, forKey: .history)
    }

    private enum Keys: String, CodingKey {
        case config
        case history = "keras_history"
    }
}
