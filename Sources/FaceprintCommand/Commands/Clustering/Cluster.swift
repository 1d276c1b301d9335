import Faceprint
import FaceprintAnalysis
import FaceprintEvaluation

extension Command {
    static let cluster = Command(
        "cluster", "Put the faces of unknown photos together by person.",
        operands: Operands(usage: "DIR", count: 1...1, completion: .folder),
        options: [
            .value(
                "output", "PATH",
                "FILE.html: a page to name, merge and split; FILE.json: for “enroll --clusters”; else a folder of folders",
                completion: .file),
            .flag("copy", "with a folder: copies of the photos, not links to them"),
            .flag("labelled", "DIR has one folder a person: say how well the clusters agree with them"),
            .choice("method", ClusteringMethod.allCases.map(\.rawValue), "default: agglomerative up to 20000 faces"),
            .value("min-quality", "N", "leave out faces of lower quality, 0 to 100 (default: 0)"),
            .value("seed", "N", "what whispers' order follows from (default: 1)"),
            .choice("face", ["largest", "central", "every"], "default: every; with --labelled: largest"),
            .value("gallery", "FILE", "name the clusters of people who are enrolled here", completion: .file),
            .sealKey, .threshold, .json,
        ] + Option.encoding,
        example: """
            $ faceprint cluster photos --output faces.html
            1583 faces of 1583 photos: 268 people with 986 faces, and 597 faces alone
            …
            """
    ) { arguments in
        let output = try ClusterOutput(arguments)
        let isLabelled = arguments.has("labelled")
        let source = try ClusteredPhotos(in: arguments.operands[0], isLabelled: isLabelled)
        let quality = try arguments.number("min-quality", in: 0...Float(100)) ?? 0
        let seed = try arguments.number("seed", in: 0...UInt64.max) ?? 1
        let gallery = arguments.string("gallery") == nil ? nil : try arguments.gallery()
        let settings = try RecognitionSettings(arguments, space: try gallery?.space(), mode: .throughput)
        let threshold = settings.thresholds.identification
        guard threshold > 0 else {
            throw UsageError("--threshold is 0; faces are together only at a distance above it")
        }
        let selection: FaceSelection =
            arguments.string("face") == "every"
            ? .every : arguments.faceSelection(default: isLabelled ? .largest : .every)

        let found = try source.faces(settings, selection, minimumQuality: quality)
        let method = arguments.string("method").flatMap(ClusteringMethod.init) ?? .standard(for: found.faces.count)
        let clustering = try Clustering(
            of: found.embeddings, threshold: threshold, method: method, seed: seed)
        let known = try gallery.map { try KnownPeople($0, settings) }
        let clusters = FaceClusters(
            of: found.faces, space: found.space, method: method, threshold: threshold,
            clusters: try clustering.members.map { faces in
                .init(name: try known?.name(of: faces.map { found.embeddings[$0] }), faces: faces)
            })
        let agreement = try source.identities.map { people in
            try ClusterQuality(assignments: clustering.assignments, identities: found.photos.map { people[$0] })
        }
        let report = ClusterReport(clusters, photos: source.paths.count, agreement)
        Console.line(arguments.has("json") ? try json(report) : report.description)
        if let output {
            let said = try output.write(clusters)
            if !arguments.has("json") { Console.line("\n" + said) }
        }
        return .yes
    }
}
