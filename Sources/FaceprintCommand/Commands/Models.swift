import Faceprint
import FaceprintModels

extension Command {
    static let modelFetch = Command(
        "model fetch", "Fetch the pre-trained networks and sample photos, and check them.",
        example: """
            $ faceprint model fetch
            facenet is ready: 160×160×3 to 128, 426 layers, 22808144 parameters
            …
            """
    ) { _ in
        let fetcher = ModelFetcher()
        let outcome = try fetcher.fetch(report: { Console.line($0 + " …") })
        for model in outcome.models { Console.line("\(model.name) is ready: \(model.dimensions)") }
        Console.line("the face detectors YuNet and MTCNN are ready")
        Console.line("sample photos are in \(fetcher.photos)")
        if outcome.downloaded.isEmpty { Console.line("all was here and whole; nothing was downloaded") }
        return .yes
    }

    static let modelImport = Command(
        "model import", "Import a face encoder: Keras .h5 or ONNX.",
        operands: Operands(usage: "FILE.h5|FILE.onnx", count: 1...1),
        options: [
            .value("architecture", "model.json", "the architecture of a weights-only .h5", completion: .file),
            .value("name", "NAME", "its name in the catalogue (default: the file's)"),
            .choice("profile", PreprocessingProfile.all.map(\.name), "how photos are prepared (default: standardized)"),
            .choice(
                "channels", ModelManifest.Input.ChannelOrder.allCases.map(\.rawValue),
                "the order of colours that it takes (default: RGB)"),
            .value("threshold", "DISTANCE", "the largest distance accepted, 0 to 2 (default: 0.7)"),
            .value(
                "identification-threshold", "DISTANCE",
                "the largest accepted by identify (default: that of --threshold)"),
            .flag("open-batch", "let an ONNX file that fixes the batch take any number of photos: faster"),
            .value("licence", "TEXT", "of the weights, for the manifest"),
        ],
        example: """
            $ faceprint model import weights.h5 --architecture model.json --name mine
            mine: 160×160×3 to 128, 426 layers, 22808144 parameters
            """
    ) { arguments in
        let path = arguments.operands[0]
        var options = ImportOptions(name: arguments.string("name") ?? path.fileStem, source: path.fileName)
        if let profile = arguments.string("profile") { options.preprocessing = try .named(profile) }
        if let channels = arguments.string("channels").flatMap(ModelManifest.Input.ChannelOrder.init) {
            options.channels = channels
        }
        if let threshold: Float = try arguments.number("threshold", in: 0...2) {
            options.thresholds = Thresholds(verification: threshold, identification: threshold)
        }
        if let threshold: Float = try arguments.number("identification-threshold", in: 0...2) {
            options.thresholds.identification = threshold
        }
        options.opensBatch = arguments.has("open-batch")
        if let licence = arguments.string("licence") { options.licence = licence }
        let catalogue = ModelCatalogue()
        let isONNX = path.lowercased().hasSuffix(".onnx")
        if isONNX && arguments.has("architecture") { throw UsageError("an ONNX file needs no --architecture") }
        if !isONNX && options.opensBatch { throw UsageError("a Keras model's batch is open; leave out --open-batch") }
        let model =
            isONNX
            ? try catalogue.importONNX(path, options: options)
            : try catalogue.importKeras(path, architecture: arguments.string("architecture"), options: options)
        Console.line("\(model.manifest.name): \(model.manifest.dimensions)")
        return .yes
    }

    static let modelList = Command(
        "model list", "List the models on this machine.", options: [.json],
        example: """
            $ faceprint model list
            name     network
            facenet  160×160×3 to 128, 426 layers, 22808144 parameters
            fused    facenet 1.0 + sface 1.4
            """
    ) { arguments in
        let catalogue = ModelCatalogue()
        let names = catalogue.names()
        if arguments.has("json") {
            Console.line(try json(names.map { try CatalogueEntry($0, in: catalogue) }))
        } else {
            var table = Table("name", "network")
            for name in names {
                do {
                    table.append(name, try CatalogueEntry(name, in: catalogue).summary)
                } catch {
                    table.append(name, "unusable: \(error)")
                }
            }
            table.print()
        }
        return .yes
    }

    static let modelShow = Command(
        "model show", "Show a model's inputs, outputs, layers and origin, and check its files.",
        operands: Operands(usage: "NAME", count: 1...1, completion: .nothing), options: [.json],
        example: """
            $ faceprint model show facenet
            inputs      input_1 (None, 160, 160, 3)
            outputs     Bottleneck_BatchNorm (None, 128)
            layers      426
            parameters  22808144
            …
            """
    ) { arguments in
        let catalogue = ModelCatalogue()
        let model = try catalogue.recognitionModel(named: arguments.operands[0])
        try catalogue.verify(model)
        let entry = try CatalogueEntry(model.name, in: catalogue)
        if arguments.has("json") {
            Console.line(try json(entry))
            return .yes
        }
        switch entry {
        case .network: try model.members[0].model.table().print()
        case .fusion(let fusion): model.table(fusion).print()
        }
        return .yes
    }
}

/// What the catalogue says of one name; encoded as it stands there.
private enum CatalogueEntry: Encodable {
    case network(ModelManifest)
    case fusion(Fusion)

    init(_ name: String, in catalogue: ModelCatalogue) throws(ModelError) {
        self =
            catalogue.isFusion(name)
            ? .fusion(try catalogue.fusion(named: name)) : .network(try catalogue.model(named: name).manifest)
    }

    var summary: String {
        switch self {
        case .network(let manifest): manifest.dimensions
        case .fusion(let fusion): fusion.members.map(\.summary).joined(separator: " + ")
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .network(let manifest): try manifest.encode(to: encoder)
        case .fusion(let fusion): try fusion.encode(to: encoder)
        }
    }
}

extension Model {
    /// All that is known of it. Its file was checked before.
    fileprivate func table() throws -> Table {
        let summary = try ONNXSummary(contentsOf: path)
        let nodes = summary.nodes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var table = Table("name", manifest.name)
        table.append("inputs", summary.inputs.map(\.description).joined(separator: "; "))
        table.append("outputs", summary.outputs.map(\.description).joined(separator: "; "))
        table.append("layers", "\(manifest.layers)")
        table.append("parameters", "\(manifest.parameters)")
        table.append("ONNX nodes", nodes.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        let photos = manifest.preprocessing
        table.append("profile", photos.name)
        table.append("alignment", photos.alignment.rawValue)
        table.append("resizing", photos.interpolation.rawValue)
        table.append("normalised", "\(photos.normalization.rawValue), \(manifest.input.channels.rawValue)")
        table.append("metric", manifest.metric.rawValue)
        table.append(manifest.thresholds)
        if let quantization = manifest.quantization { table.append("arithmetic", quantization.description) }
        table.append("source", manifest.source)
        table.append("licence", manifest.licence)
        table.append("file", path)
        table.append("SHA-256", "\(manifest.sha256) (checked)")
        return table
    }
}

extension RecognitionModel {
    fileprivate var dimensions: String {
        members.count == 1 ? members[0].model.manifest.dimensions : members.map(\.summary).joined(separator: " + ")
    }

    /// All that is known of it. The files were checked before.
    fileprivate func table(_ fusion: Fusion) -> Table {
        var table = Table("name", name)
        for (number, member) in members.enumerated() {
            let manifest = member.model.manifest
            table.append("member \(number + 1)", "\(member.summary), profile \(manifest.preprocessing.name)")
            table.append("SHA-256", "\(manifest.sha256) (checked)")
        }
        table.append("numbers", "\(embeddingLength)")
        table.append("profile", space().profile)
        table.append(thresholds)
        table.append("source", fusion.source)
        table.append("licence", fusion.licence)
        table.append("SHA-256", sha256)
        return table
    }
}

extension Fusion.Member {
    /// Its name and weight, and whether it sees mirror images.
    var summary: String { "\(model) \(weight)\(isMirrored ? " mirrored" : "")" }
}

extension RecognitionModel.Member {
    fileprivate var summary: String { Fusion.Member(model, weight: weight, isMirrored: isMirrored).summary }
}

extension Table {
    fileprivate mutating func append(_ thresholds: Thresholds) {
        append("thresholds", "\(thresholds.verification) to verify, \(thresholds.identification) to identify")
    }
}

extension ModelManifest {
    fileprivate var dimensions: String {
        "\(input.height)×\(input.width)×3 to \(embeddingLength), \(layers) layers, \(parameters) parameters"
    }
}

extension ONNXSummary.Port {
    /// As Keras prints shapes.
    fileprivate var description: String {
        "\(name) (\(shape.map { $0.map(String.init) ?? "None" }.joined(separator: ", ")))"
    }
}

extension String {
    /// The last part of a path.
    var fileName: String { split(separator: "/").last.map(String.init) ?? self }

    /// The file's name without its ending.
    var fileStem: String {
        guard let dot = fileName.lastIndex(of: "."), dot != fileName.startIndex else { return fileName }
        return String(fileName[..<dot])
    }
}
