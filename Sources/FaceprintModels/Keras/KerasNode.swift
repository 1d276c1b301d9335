/// One use of a layer in the JSON, in the form of Keras 2, a list of references, or of Keras 3, a call.
struct KerasNode: Decodable {
    /// The layers that feed it, in order.
    let inputs: [String]
    /// The named arguments that are given, such as `training` where a layer always works as in training.
    let arguments: Set<String>

    init(from decoder: any Decoder) throws {
        if (try? decoder.unkeyedContainer()) != nil {
            let references = try [KerasReference](from: decoder)
            inputs = references.map(\.layer)
            arguments = references.reduce(into: []) { $0.formUnion($1.arguments) }
            return
        }
        let call = try decoder.container(keyedBy: Keys.self)
        arguments = try call.decode(KerasArguments.self, forKey: .named).given
        var unnamed = try call.nestedUnkeyedContainer(forKey: .unnamed)
        if var list = try? unnamed.nestedUnkeyedContainer() {
            var tensors: [KerasTensor] = []
            while !list.isAtEnd { tensors.append(try list.decode(KerasTensor.self)) }
            inputs = tensors.map(\.source.layer)
        } else {
            inputs = [try unnamed.decode(KerasTensor.self).source.layer]
        }
        guard unnamed.isAtEnd else {
            throw DecodingError.dataCorruptedError(in: unnamed, debugDescription: "a call has more than its inputs")
        }
    }

    private enum Keys: String, CodingKey {
        case unnamed = "args"
        case named = "kwargs"
    }
}

/// `[layer, node, tensor]` and, at a use of a layer, the call's named arguments: where an input comes from.
struct KerasReference: Codable {
    let layer: String
    fileprivate let arguments: Set<String>

    init(layer: String) {
        self.layer = layer
        arguments = []
    }

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        layer = try list.decode(String.self)
        guard try list.decode(Int.self) == 0, try list.decode(Int.self) == 0 else {
            throw ModelError.unsupportedLayer(name: layer, reason: "it is used more than once (a shared layer)")
        }
        arguments = list.isAtEnd ? [] : try list.decode(KerasArguments.self).given
    }

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(layer)
        try list.encode(0)
        try list.encode(0)
    }
}

/// The inputs or the outputs of a model: a list of references or, as Keras 3 writes it, a lone one.
struct KerasReferences: Decodable {
    let layers: [String]

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        if (try? list.decode(String.self)) != nil {
            layers = [try KerasReference(from: decoder).layer]
        } else {
            layers = try [KerasReference](from: decoder).map(\.layer)
        }
    }
}

/// A tensor as Keras 3 describes it.
private struct KerasTensor: Decodable {
    let source: KerasReference

    init(from decoder: any Decoder) throws {
        let tensor = try decoder.container(keyedBy: Keys.self)
        source = try tensor.nestedContainer(keyedBy: Keys.self, forKey: .config)
            .decode(KerasReference.self, forKey: .history)
    }

    private enum Keys: String, CodingKey {
        case config
        case history = "keras_history"
    }
}

/// The named arguments of a call.
private struct KerasArguments: Decodable {
    /// Those that are neither null nor false.
    let given: Set<String>

    init(from decoder: any Decoder) throws {
        let arguments = try decoder.container(keyedBy: KerasConfig.Key.self)
        given = Set(
            try arguments.allKeys.filter { key in
                try !arguments.decodeNil(forKey: key) && (try? arguments.decode(Bool.self, forKey: key)) != false
            }.map(\.stringValue))
    }
}
