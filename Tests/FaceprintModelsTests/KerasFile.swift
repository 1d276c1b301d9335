@preconcurrency import CHDF5
import Foundation
import TestSupport

@testable import FaceprintModels

/// A small Keras file, written as Keras writes it but for what a test changes.
struct KerasFile {
    struct Layer {
        var className: String
        var name: String
        var config: [String: Any]
        var inputs: [String]
        /// The node of the input that is used, 0 unless the input is shared.
        var node = 0
        /// How often the layer is used.
        var uses = 1
        /// The named arguments of its call.
        var arguments: [String: Any] = [:]
    }

    struct Weight {
        enum Element { case float, integer }
        /// Where it lies in the layer's group.
        var path: String
        var shape: [Int]
        var values: [Float]
        var element = Element.float
        /// Whether the values lie in the dataset's header.
        var isCompact = false
    }

    /// How attributes hold text: Keras 2.1 wrote fixed lengths, later ones variable lengths.
    enum Strings: CaseIterable { case fixed, variable }

    /// The Keras whose JSON it is.
    enum Form: CaseIterable { case keras2, keras3 }

    var className = "Model"
    var form = Form.keras2
    var layers: [Layer]
    var outputs: [String]
    /// By layer; all layers have a group, also those without weights.
    var weights: [String: [Weight]] = [:]
    var strings = Strings.fixed

    /// A network with every operation that is known, on photos of odd and even sides.
    static func tiny(height: Int = 5, width: Int = 6, denseBias: Bool = true, seed: UInt64 = 1) -> KerasFile {
        var random = SeededRandom(seed: seed)
        func convolution(
            _ name: String, _ input: String, filters: Int, _ size: [Int], strides: [Int], _ padding: String, bias: Bool
        ) -> Layer {
            let config: [String: Any] = [
                "filters": filters, "kernel_size": size, "strides": strides, "padding": padding,
                "data_format": "channels_last", "dilation_rate": [1, 1], "activation": "linear", "use_bias": bias,
            ]
            return Layer(className: "Conv2D", name: name, config: config, inputs: [input])
        }
        func normalization(_ name: String, _ input: String, axis: Any, scale: Bool, center: Bool) -> Layer {
            let config: [String: Any] = [
                "axis": axis, "epsilon": 0.001, "momentum": 0.995, "scale": scale, "center": center,
            ]
            return Layer(className: "BatchNormalization", name: name, config: config, inputs: [input])
        }
        let pooling: [String: Any] = [
            "pool_size": [2, 3], "strides": [1, 1], "padding": "same", "data_format": "channels_last",
        ]
        var file = KerasFile(
            layers: [
                Layer(
                    className: "InputLayer", name: "photo",
                    config: ["batch_input_shape": [NSNull(), height, width, 3] as [Any]], inputs: [], uses: 0),
                convolution("conv", "photo", filters: 4, [3, 2], strides: [2, 2], "same", bias: true),
                normalization("norm", "conv", axis: 3, scale: false, center: true),
                Layer(className: "Activation", name: "relu", config: ["activation": "relu"], inputs: ["norm"]),
                convolution("branch", "relu", filters: 4, [1, 1], strides: [1, 1], "valid", bias: false),
                Layer(
                    className: "Lambda", name: "block_ScaleSum", config: ["arguments": ["scale": 0.17]],
                    inputs: ["relu", "branch"]),
                Layer(className: "MaxPooling2D", name: "pool", config: pooling, inputs: ["norm"]),
                Layer(className: "AveragePooling2D", name: "average", config: pooling, inputs: ["pool"]),
                Layer(
                    className: "Concatenate", name: "joined", config: ["axis": 3],
                    inputs: ["block_ScaleSum", "average"]),
                normalization("norm2", "joined", axis: [3], scale: true, center: false),
                Layer(
                    className: "GlobalAveragePooling2D", name: "mean", config: ["data_format": "channels_last"],
                    inputs: ["norm2"]),
                Layer(className: "Dropout", name: "dropout", config: ["rate": 0.2], inputs: ["mean"]),
                Layer(
                    className: "Dense", name: "dense",
                    config: ["units": 2, "activation": "linear", "use_bias": denseBias], inputs: ["dropout"]),
                normalization("bottleneck", "dense", axis: 1, scale: true, center: true),
            ],
            outputs: ["bottleneck"])
        func add(_ layer: String, _ weights: [(name: String, shape: [Int])]) {
            file.weights[layer] = weights.map { name, shape in
                let values = random.vector(shape.reduce(1, *))
                return Weight(
                    path: "\(layer)/\(name):0", shape: shape,
                    values: name == "moving_variance" ? values.map { abs($0) + 0.1 } : values)
            }
        }
        add("conv", [("kernel", [3, 2, 3, 4]), ("bias", [4])])
        add("norm", [("beta", [4]), ("moving_mean", [4]), ("moving_variance", [4])])
        add("branch", [("kernel", [1, 1, 4, 4])])
        add("norm2", [("gamma", [8]), ("moving_mean", [8]), ("moving_variance", [8])])
        add("dense", [("kernel", [8, 2])] + (denseBias ? [("bias", [2])] : []))
        add("bottleneck", [("gamma", [2]), ("beta", [2]), ("moving_mean", [2]), ("moving_variance", [2])])
        return file
    }

    /// The architecture, as `model_config` or a `model.json` holds it.
    func json() throws -> Data {
        let config: [String: Any] = [
            "name": "tiny",
            "layers": layers.map { layer in
                [
                    "class_name": layer.className, "name": layer.name, "config": layer.config,
                    "inbound_nodes": Array(repeating: node(of: layer), count: layer.uses),
                ] as [String: Any]
            },
            "input_layers": references([layers.first?.name ?? ""]), "output_layers": references(outputs),
        ]
        return try JSONSerialization.data(withJSONObject: ["class_name": className, "config": config])
    }

    private func node(of layer: Layer) -> Any {
        let sources: [[Any]] = layer.inputs.map { [$0, layer.node, 0] }
        if form == .keras2 { return sources.map { $0 + [layer.arguments] } }
        let tensors: [[String: Any]] = sources.map {
            ["class_name": "__keras_tensor__", "config": ["dtype": "float32", "keras_history": $0]]
        }
        let isList = ["Add", "Concatenate", "Lambda"].contains(layer.className)
        return ["args": isList ? [tensors] : tensors, "kwargs": layer.arguments] as [String: Any]
    }

    /// Keras 3 leaves out the list around a lone one.
    private func references(_ names: [String]) -> [Any] {
        let references = names.map { [$0, 0, 0] as [Any] }
        return form == .keras3 && names.count == 1 ? references[0] : references
    }

    /// Writes a whole-model file, or one of weights only.
    func write(to path: String, weightsOnly: Bool = false) throws {
        let json = try json()
        try HDF5.exclusively {
            let file = try HDF5Writer.createFile(path)
            var root = file
            if !weightsOnly {
                try HDF5Writer.write(
                    [String(decoding: json, as: UTF8.self)], "model_config", to: file, strings, isList: false)
                root = try HDF5Writer.createGroup("model_weights", in: file)
            }
            var names: [String] = []
            for name in layers.map(\.name) + weights.keys.sorted() where !names.contains(name) { names.append(name) }
            try HDF5Writer.write(names, "layer_names", to: root, strings)
            for name in names {
                let group = try HDF5Writer.createGroup(name, in: root)
                let weights = weights[name] ?? []
                try HDF5Writer.write(weights.map(\.path), "weight_names", to: group, strings)
                for weight in weights { try HDF5Writer.write(weight, to: group) }
            }
        }
    }
}

/// The parts of HDF5 that writing Keras files needs. Called inside of `HDF5.exclusively` only.
enum HDF5Writer {
    static func createFile(_ path: String) throws -> HDF5.Handle {
        try HDF5.Handle(
            H5Fcreate(path, fp_h5f_truncate(), fp_h5p_default(), fp_h5p_default()), "new file", close: H5Fclose)
    }

    static func createGroup(_ name: String, in parent: HDF5.Handle) throws -> HDF5.Handle {
        try HDF5.Handle(
            H5Gcreate2(parent.id, name, fp_h5p_default(), fp_h5p_default(), fp_h5p_default()), "new group",
            close: H5Gclose)
    }

    /// Copies a group with all that is in it.
    static func copy(_ name: String, from source: HDF5.Handle, to target: HDF5.Handle) throws {
        try require(H5Ocopy(source.id, name, target.id, name, fp_h5p_default(), fp_h5p_default()))
    }

    static func write(
        _ texts: [String], _ name: String, to object: HDF5.Handle, _ strings: KerasFile.Strings, isList: Bool = true
    ) throws {
        let type = try HDF5.Handle(H5Tcopy(fp_h5t_c_string()), "new type", close: H5Tclose)
        let length = texts.map(\.utf8.count).max() ?? 1
        try require(H5Tset_size(type.id, strings == .fixed ? max(length, 1) : fp_h5t_variable()))
        var count = hsize_t(texts.count)
        let space = try HDF5.Handle(
            isList ? H5Screate_simple(1, &count, nil) : H5Screate(H5S_SCALAR), "new space", close: H5Sclose)
        let attribute = try HDF5.Handle(
            H5Acreate2(object.id, name, type.id, space.id, fp_h5p_default(), fp_h5p_default()), "new attribute",
            close: H5Aclose)
        if texts.isEmpty { return }
        switch strings {
        case .fixed:
            let bytes = texts.flatMap { Array($0.utf8) + [UInt8](repeating: 0, count: length - $0.utf8.count) }
            try require(H5Awrite(attribute.id, type.id, bytes))
        case .variable:
            let pointers = texts.map { strdup($0) }
            defer { for pointer in pointers { free(pointer) } }
            try require(H5Awrite(attribute.id, type.id, pointers))
        }
    }

    static func write(_ weight: KerasFile.Weight, to group: HDF5.Handle) throws {
        // “conv/kernel:0” lies in a group of the layer's name inside of the layer's group.
        let parts = weight.path.split(separator: "/").map(String.init)
        var parent = group
        for part in parts.dropLast() {
            parent =
                HDF5.hasLink(part, in: parent)
                ? try HDF5.openGroup(part, in: parent) : try createGroup(part, in: parent)
        }
        let sides = weight.shape.map { hsize_t($0) }
        let space = try HDF5.Handle(
            H5Screate_simple(CInt(sides.count), sides, nil), "new space", close: H5Sclose)
        let type = weight.element == .float ? fp_h5t_native_float() : fp_h5t_int32()
        let creation = try HDF5.Handle(H5Pcreate(fp_h5p_dataset_create()), "new properties", close: H5Pclose)
        if weight.isCompact { try require(H5Pset_layout(creation.id, H5D_COMPACT)) }
        let dataset = try HDF5.Handle(
            H5Dcreate2(
                parent.id, parts.last ?? "", type, space.id, fp_h5p_default(), creation.id, fp_h5p_default()),
            "new dataset", close: H5Dclose)
        // A dataset that is never written has a shape, but takes no room in the file.
        if weight.values.isEmpty { return }
        try require(
            H5Dwrite(dataset.id, fp_h5t_native_float(), fp_h5s_all(), fp_h5s_all(), fp_h5p_default(), weight.values))
    }

    private static func require(_ status: herr_t) throws {
        if status < 0 { throw HDF5.Failure(reason: "writing the test's file failed") }
    }
}

extension KerasFile {
    /// Changes one layer.
    mutating func change(_ name: String, _ body: (inout Layer) -> Void) {
        body(&layers[layers.firstIndex { $0.name == name }!])
    }

    /// Makes the scaled sum of a Rescaling and an Add.
    mutating func scaleBranch() {
        let place = layers.firstIndex { $0.name == "block_ScaleSum" }!
        layers[place].className = "Add"
        layers[place].inputs[1] = "scale"
        let config: [String: Any] = ["scale": 0.17, "offset": 0.0]
        layers.insert(Layer(className: "Rescaling", name: "scale", config: config, inputs: ["branch"]), at: place)
    }

    /// Changes one weight.
    mutating func change(_ layer: String, _ weight: String, _ body: (inout Weight) -> Void) {
        body(&weights[layer]![weights[layer]!.firstIndex { $0.path == "\(layer)/\(weight):0" }!])
    }
}
