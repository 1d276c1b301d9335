/// Which tensors of a graph become int8, and which of them on a common scale.
struct QuantizationPlan {
    /// The names of the outputs of convolutions that are computed in int8.
    let convolutions: Set<String>
    /// Tensors that lie between two convolutions alone, with the names of these.
    let equalizable: [String: (maker: String, reader: String)]
    /// The tensors that are rounded where they are made, in the graph's order.
    let activations: [String]
    /// The scale's name for each of these, and for what joins them or passes them on, which is rounded again on the same
    /// scale: that changes nothing.
    private let groups: [String: String]

    /// Input channels below which a convolution stays in floats: the first one, which reads the picture. It is a small
    /// part of the work, and the one that suffers most.
    private static let fewestChannels = 8

    init(_ model: ONNXModel, _ folded: [String: FoldedConvolution]) {
        let rounding = folded.filter { $1.channels >= Self.fewestChannels }
        convolutions = Set(rounding.keys)
        let makers = Dictionary(
            model.nodes.flatMap { node in node.outputs.map { ($0, node) } }
        ) { first, _ in first }
        let constants = Set(model.constants.keys)
        var wanted = rounding.values.map(\.input)
        for node in model.nodes where node.isStandard("Add") && !node.inputs.contains(where: constants.contains) {
            wanted += node.inputs
        }
        var union = DisjointNames()
        var rounded: Set<String> = []
        var passing: Set<String> = []
        while let name = wanted.popLast() {
            guard !rounded.contains(name), !passing.contains(name) else { continue }
            if let node = makers[name], node.isStandard("Concat") || node.isStandard("MaxPool"), node.outputs.count == 1
            {
                passing.insert(name)
                for input in node.inputs {
                    union.join(name, input)
                    wanted.append(input)
                }
            } else {
                rounded.insert(name)
            }
        }
        let order = model.inputs + model.nodes.flatMap(\.outputs)
        activations = order.filter(rounded.contains)
        groups = Dictionary(uniqueKeysWithValues: rounded.union(passing).map { ($0, union.root(of: $0)) })
        equalizable = Self.equalizable(model, folded, rounding, makers)
    }

    private static func equalizable(
        _ model: ONNXModel, _ folded: [String: FoldedConvolution], _ rounding: [String: FoldedConvolution],
        _ makers: [String: ONNXNode]
    ) -> [String: (maker: String, reader: String)] {
        var readers: [String: Int] = [:]
        for name in model.nodes.flatMap(\.inputs) + model.outputs { readers[name, default: 0] += 1 }
        var result: [String: (maker: String, reader: String)] = [:]
        for (output, reader) in rounding where readers[reader.input] == 1 {
            guard let node = makers[reader.input], node.isStandard("Relu") || node.isStandard("PRelu"),
                let maker = node.inputs.first, folded[maker] != nil, readers[maker] == 1
            else { continue }
            result[reader.input] = (maker, output)
        }
        return result
    }

    /// The scale of each tensor, from what was measured of those that are rounded.
    func scales(_ measured: [String: ActivationStatistics]) -> [String: ActivationScale] {
        let members = Dictionary(grouping: activations) { groups[$0]! }
        let scales = members.mapValues { names in ActivationScale(of: names.compactMap { measured[$0] }) }
        return groups.compactMapValues { scales[$0] }
    }
}

/// Names in sets that are joined.
private struct DisjointNames {
    private var parents: [String: String] = [:]

    func root(of name: String) -> String {
        var name = name
        while let parent = parents[name] { name = parent }
        return name
    }

    mutating func join(_ one: String, _ other: String) {
        let (first, second) = (root(of: one), root(of: other))
        if first != second { parents[second] = first }
    }
}
