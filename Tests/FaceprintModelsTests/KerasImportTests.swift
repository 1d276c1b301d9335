import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

@Suite("Keras import")
struct KerasImportTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: KerasFile.Strings.allCases, [false, true])
    func `Layers, settings and weights arrive as they are in the file`(
        strings: KerasFile.Strings, weightsOnly: Bool
    ) throws {
        var file = KerasFile.tiny()
        file.strings = strings
        let path = folder.path("tiny.h5")
        try file.write(to: path, weightsOnly: weightsOnly)
        let architecture = folder.path("model.json")
        try file.json().write(to: URL(fileURLWithPath: architecture))
        let network = try Network(kerasFile: path, architecture: weightsOnly ? architecture : nil)

        #expect(network.name == "tiny")
        #expect(network.layers.map(\.name) == file.layers.map(\.name))
        #expect(network.layers.map(\.inputs) == file.layers.map(\.inputs))
        #expect(network.output == "bottleneck")
        #expect(network.inputShape == [5, 6, 3])
        #expect(network.outputShape == [2])
        #expect(network.layers[1].outputShape == [3, 3, 4])
        #expect(
            network.layers[1].operation
                == .convolution(
                    .init(
                        filters: 4, window: .init(height: 3, width: 2, strideY: 2, strideX: 2, padding: .same),
                        hasBias: true)))
        #expect(network.layers[5].operation == .scaledSum(scale: 0.17))
        for layer in network.layers {
            let weights = file.weights[layer.name] ?? []
            #expect(layer.parameters.count == weights.count)
            for weight in weights {
                let name = weight.path.dropFirst(layer.name.count + 1).dropLast(2)
                #expect(layer.parameters[String(name)] == Tensor(shape: weight.shape, values: weight.values))
            }
        }
    }

    @Test func `The form of Keras 3 gives the same network`() throws {
        var file = KerasFile.tiny()
        let (old, new) = (folder.path("keras2.h5"), folder.path("keras3.h5"))
        try file.write(to: old)
        file.form = .keras3
        file.className = "Functional"
        for index in file.layers.indices {
            file.layers[index].config["dtype"] = ["module": "keras", "class_name": "DTypePolicy"]
        }
        file.change("photo") {
            $0.config["batch_shape"] = $0.config.removeValue(forKey: "batch_input_shape")
        }
        file.change("norm") { $0.arguments = ["mask": NSNull()] }
        file.change("dropout") { $0.arguments = ["training": false] }
        for layer in file.weights.keys {
            for index in file.weights[layer]!.indices { file.weights[layer]![index].path.removeLast(2) }
        }
        try file.write(to: new)
        #expect(try Network(kerasFile: new) == Network(kerasFile: old))
    }

    @Test(arguments: KerasFile.Form.allCases)
    func `A sum is an Add, and the scale of its second input a Rescaling`(form: KerasFile.Form) throws {
        var file = KerasFile.tiny()
        file.form = form
        let path = folder.path("sum.h5")
        file.change("block_ScaleSum") {
            $0.className = "Add"
            $0.config = [:]
        }
        file.change("relu") {
            $0.className = "ReLU"
            $0.config = ["max_value": NSNull(), "negative_slope": 0.0, "threshold": 0.0]
        }
        try file.write(to: path)
        var network = try Network(kerasFile: path)
        #expect(network.layers[3].operation == .relu)
        #expect(network.layers[5].operation == .scaledSum(scale: 1))
        file.scaleBranch()
        try file.write(to: path)
        network.layers[5].operation = .scaledSum(scale: 0.17)
        #expect(try Network(kerasFile: path) == network)
    }

    /// A change to the file, and the error that it must give.
    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var error: ModelError
        var apply: @Sendable (inout KerasFile) -> Void

        init(_ name: String, _ error: ModelError, _ apply: @escaping @Sendable (inout KerasFile) -> Void) {
            testDescription = name
            self.error = error
            self.apply = apply
        }

        /// A change to the settings of one layer.
        static func setting(_ layer: String, _ key: String, _ value: any Sendable, _ reason: String) -> Change {
            Change("\(layer).\(key)", .unsupportedLayer(name: layer, reason: reason)) {
                $0.change(layer) { $0.config[key] = value }
            }
        }
    }

    static let rescaling = "a Rescaling is known only as the second input of an Add"
    static let lambda = "only a Lambda named “…_ScaleSum” with the argument “scale” is known"

    static let changes = [
        Change("unknown class", .unsupportedLayer(name: "relu", reason: "layers of class “PReLU” are not known")) {
            $0.change("relu") { $0.className = "PReLU" }
        },
        Change("Lambda of another name", .unsupportedLayer(name: "evil", reason: lambda)) { file in
            // Keras would unmarshal and run this.
            file.change("block_ScaleSum") {
                $0.name = "evil"
                $0.config["function"] = ["4wEAAAABAAAA", NSNull(), NSNull()]
            }
        },
        Change("Lambda without a scale", .unsupportedLayer(name: "block_ScaleSum", reason: lambda)) {
            $0.change("block_ScaleSum") { $0.config["arguments"] = [String: Any]() }
        },
        .setting("conv", "data_format", "channels_first", "data_format is channels_first, only channels_last is known"),
        .setting("pool", "data_format", "channels_first", "data_format is channels_first, only channels_last is known"),
        .setting(
            "average", "data_format", "channels_first", "data_format is channels_first, only channels_last is known"),
        .setting("mean", "data_format", "channels_first", "data_format is channels_first, only channels_last is known"),
        .setting("conv", "dilation_rate", [2, 2], "dilation_rate is [2, 2], only [1, 1] is known"),
        .setting("conv", "groups", 2, "groups is 2, only 1 is known"),
        .setting("conv", "activation", "relu", "activation is relu, only linear is known"),
        .setting("conv", "padding", "causal", "padding “causal” is not known"),
        .setting("conv", "strides", [0, 1], "strides is [0, 1]"),
        .setting("conv", "kernel_size", [3, 1 << 40], "kernel_size is [3, 1099511627776]"),
        .setting("conv", "filters", -1, "filters is -1"),
        .setting("branch", "kernel_size", [4, 1], "its window 4×1 doesn't fit on [3, 3, 4]"),
        .setting("relu", "activation", "softmax", "activation is softmax, only relu is known"),
        Change("ReLU with a limit", .unsupportedLayer(name: "relu", reason: "it has a max_value")) {
            $0.change("relu") {
                $0.className = "ReLU"
                $0.config = ["max_value": 6.0]
            }
        },
        Change("leaky ReLU", .unsupportedLayer(name: "relu", reason: "negative_slope is 0.1, only 0.0 is known")) {
            $0.change("relu") {
                $0.className = "ReLU"
                $0.config = ["negative_slope": 0.1]
            }
        },
        .setting("dense", "activation", "softmax", "activation is softmax, only linear is known"),
        .setting("norm", "axis", 1, "it works along axis 1, not along the channels"),
        .setting("norm", "axis", [1, 2], "axis is [1, 2]"),
        .setting("joined", "axis", 2, "it works along axis 2, not along the channels"),
        .setting(
            "photo", "batch_input_shape", [4, 5, 6, 0],
            "its input is neither [height][width][channel] nor a vector, of fixed size"),
        .setting(
            "photo", "batch_input_shape", [4, 5, 128],
            "its input is neither [height][width][channel] nor a vector, of fixed size"),
        Change(
            "sum of two shapes",
            .unsupportedLayer(name: "block_ScaleSum", reason: "it adds inputs of shapes [[3, 3, 4], [5, 6, 3]]")
        ) {
            $0.change("block_ScaleSum") { $0.inputs[1] = "photo" }
        },
        Change(
            "sum of three",
            .unsupportedLayer(
                name: "block_ScaleSum", reason: "it adds inputs of shapes [[3, 3, 4], [3, 3, 4], [3, 3, 4]]")
        ) {
            $0.change("block_ScaleSum") {
                $0.className = "Add"
                $0.inputs.append("relu")
            }
        },
        Change("Rescaling of the first input", .unsupportedLayer(name: "scale", reason: rescaling)) {
            $0.scaleBranch()
            $0.change("block_ScaleSum") { $0.inputs.reverse() }
        },
        Change("Rescaling for two layers", .unsupportedLayer(name: "scale", reason: rescaling)) {
            $0.scaleBranch()
            $0.change("pool") { $0.inputs = ["scale"] }
        },
        Change("Rescaling before no sum", .unsupportedLayer(name: "scale", reason: rescaling)) {
            $0.scaleBranch()
            $0.change("block_ScaleSum") { $0.inputs[1] = "branch" }
            $0.change("pool") { $0.inputs = ["scale"] }
        },
        Change("Rescaling before a Lambda", .unsupportedLayer(name: "scale", reason: rescaling)) {
            $0.scaleBranch()
            $0.change("block_ScaleSum") {
                $0.className = "Lambda"
                $0.config = ["arguments": ["scale": 0.17]]
            }
        },
        Change(
            "Rescaling with an offset", .unsupportedLayer(name: "scale", reason: "offset is 0.5, only 0.0 is known")
        ) {
            $0.scaleBranch()
            $0.change("scale") { $0.config["offset"] = 0.5 }
        },
        Change("always training", .unsupportedLayer(name: "norm", reason: "it is called with “training”")) {
            $0.change("norm") { $0.arguments = ["training": true] }
        },
        Change("always training, in Keras 3", .unsupportedLayer(name: "norm", reason: "it is called with “training”")) {
            $0.form = .keras3
            $0.change("norm") { $0.arguments = ["training": true, "mask": NSNull()] }
        },
        Change("dense on a picture", .unsupportedLayer(name: "dense", reason: "it takes a vector, not [3, 3, 8]")) {
            $0.change("dense") { $0.inputs = ["norm2"] }
        },
        Change("shared layer", .unsupportedLayer(name: "relu", reason: "it is used 2 times")) {
            $0.change("relu") { $0.uses = 2 }
        },
        Change(
            "second use of a layer",
            .unsupportedLayer(name: "norm", reason: "it is used more than once (a shared layer)")
        ) {
            $0.change("relu") { $0.node = 1 }
        },
        Change(
            "second use of a layer, in Keras 3",
            .unsupportedLayer(name: "relu", reason: "it is used more than once (a shared layer)")
        ) {
            $0.form = .keras3
            $0.change("block_ScaleSum") { $0.node = 1 }
        },
        Change("two outputs", .malformedArchitecture(reason: "it has 1 inputs and 2 outputs, not one each")) {
            $0.outputs = ["bottleneck", "mean"]
        },
        Change("no such output", .malformedArchitecture(reason: "there is no output layer “softmax”")) {
            $0.outputs = ["softmax"]
        },
        Change("same name twice", .malformedArchitecture(reason: "two layers are named “relu”")) { file in
            file.layers.insert(file.layers[3], at: 4)
        },
        Change(
            "input that comes later",
            .malformedArchitecture(reason: "the layer “conv” uses “relu”, which does not come before it")
        ) {
            $0.change("conv") { $0.inputs = ["relu"] }
        },
        Change("sequential", .malformedArchitecture(reason: "it is a Keras “Sequential” model, not a functional one")) {
            $0.className = "Sequential"
        },
        Change("missing setting", .malformedArchitecture(reason: "“config.layers.[1].config” has no “filters”")) {
            $0.change("conv") { $0.config["filters"] = nil }
        },
        Change("missing weight", .missingWeight(layer: "conv", weight: "bias")) {
            $0.weights["conv"]?.removeLast()
        },
        Change("missing layer", .missingWeight(layer: "branch", weight: "kernel")) { $0.weights["branch"] = nil },
        Change("unused weight", .unusedWeight(layer: "branch", weight: "bias")) {
            $0.weights["branch"]?.append(.init(path: "branch/bias:0", shape: [4], values: [1, 2, 3, 4]))
        },
        Change("unused layer", .unusedWeight(layer: "logits", weight: "kernel")) {
            $0.weights["logits"] = [.init(path: "logits/kernel:0", shape: [1], values: [1])]
        },
        Change(
            "wrong shape", .wrongShape(layer: "conv", weight: "kernel", expected: [3, 2, 3, 4], found: [2, 3, 3, 4])
        ) {
            $0.change("conv", "kernel") { $0.shape = [2, 3, 3, 4] }
        },
        Change("wrong rank", .wrongShape(layer: "conv", weight: "bias", expected: [4], found: [4, 1])) {
            $0.change("conv", "bias") { $0.shape = [4, 1] }
        },
        Change("NaN", .damagedWeight(layer: "norm", weight: "beta", reason: "it holds numbers that are not finite")) {
            $0.change("norm", "beta") { $0.values[3] = .nan }
        },
        Change(
            "infinity", .damagedWeight(layer: "dense", weight: "bias", reason: "it holds numbers that are not finite")
        ) {
            $0.change("dense", "bias") { $0.values[0] = -.infinity }
        },
        Change(
            "no numbers",
            .damagedWeight(layer: "conv", weight: "bias", reason: "its values are compressed or not stored whole")
        ) {
            $0.change("conv", "bias") { $0.values = [] }
        },
        Change(
            "whole numbers",
            .damagedWeight(
                layer: "conv", weight: "bias", reason: "the dataset “conv/bias:0” doesn't hold floating-point numbers")
        ) {
            $0.change("conv", "bias") { $0.element = .integer }
        },
    ]

    @Test(arguments: changes)
    func `What is unknown or doesn't fit is refused by name`(change: Change) throws {
        var file = KerasFile.tiny()
        change.apply(&file)
        let path = folder.path("changed.h5")
        try file.write(to: path)
        #expect(throws: change.error) { try Network(kerasFile: path) }
    }

    @Test func `A weight far larger than the file is refused, not allocated`() throws {
        // The dataset says 2²⁰ filters of 1024×1024×3, and takes no room in the file.
        var file = KerasFile.tiny()
        file.change("conv") {
            $0.config["filters"] = 1 << 20
            $0.config["kernel_size"] = [1024, 1024]
        }
        file.change("conv", "kernel") {
            $0.shape = [1024, 1024, 3, 1 << 20]
            $0.values = []
        }
        let path = folder.path("huge.h5")
        try file.write(to: path)
        let error = try #require(throws: ModelError.self) { try Network(kerasFile: path) }
        guard case .damagedWeight("conv", "kernel", _) = error else {
            Issue.record("unexpected: \(error)")
            return
        }
    }

    @Test func `Another network is read, but is no encoder`() throws {
        // Ten classes of grey digits, with no layer named as in FaceNet.
        var file = KerasFile.tiny(height: 28, width: 28)
        file.layers = Array(file.layers.prefix(2))
        file.change("photo") { $0.config["batch_input_shape"] = [NSNull(), 28, 28, 1] as [Any] }
        file.weights = file.weights.filter { $0.key == "conv" }
        file.change("conv", "kernel") {
            $0.shape = [3, 2, 1, 4]
            $0.values = Array($0.values.prefix(24))
        }
        file.outputs = ["conv"]
        let path = folder.path("digits.h5")
        try file.write(to: path)
        let catalogue = ModelCatalogue(folder: folder.path("models"))
        #expect(throws: ModelError.notAnEncoder(path: path, reason: "it maps [28, 28, 1] to [14, 14, 4]")) {
            try catalogue.importKeras(path, options: ImportOptions(name: "digits", source: "a test"))
        }
        #expect(catalogue.names() == [])
    }

    @Test func `An architecture file that isn't one is refused`() throws {
        let weights = folder.path("weights.h5")
        try KerasFile.tiny().write(to: weights, weightsOnly: true)
        #expect(throws: ModelError.file(.missing(path: folder.path("none.json")))) {
            try Network(kerasFile: weights, architecture: folder.path("none.json"))
        }
        #expect(throws: ModelError.file(.isFolder(path: folder.url.path))) {
            try Network(kerasFile: weights, architecture: folder.url.path)
        }
        for text in ["{", "[]", "{}", "null", "\u{0}", String(repeating: "[", count: 100_000)] {
            let path = folder.path("bad.json")
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let error = try #require(throws: ModelError.self) { try Network(kerasFile: weights, architecture: path) }
            guard case .malformedArchitecture = error else {
                Issue.record("unexpected: \(error)")
                continue
            }
        }
    }
}
