import Faceprint
import FaceprintAnalysis
import FaceprintFiles
import Foundation

extension Command {
    static let map = Command(
        "map", "See where the faces of a folder lie among one another, on a page with their photos.",
        operands: Operands(usage: "DIR", count: 1...1, completion: .folder),
        options: [
            .value("output", "FILE", "write the page", completion: .file),
            .value("perplexity", "N", "about how many neighbours t-SNE keeps near a face, 1 to 1000 (default: 30)"),
            .value("seed", "N", "the start of t-SNE follows from it (default: 1)"),
            .threshold, .face, .json,
        ] + Option.encoding,
        example: """
            $ faceprint map people --output map.html
            93 faces of 5 people; two principal components hold 19.2 % and 13.0 % of the variance
            map: map.html (441.8 kB)
            """
    ) { arguments in
        let folder = arguments.operands[0]
        let tsne = TSNE(
            perplexity: try arguments.number("perplexity", in: 1...1000.0) ?? 30,
            seed: try arguments.number("seed", in: 0...UInt64.max) ?? 1)
        guard arguments.has("output") || arguments.has("json") else {
            throw UsageError("“map” needs a file to write the page to, such as --output map.html, or --json")
        }
        // A page holds photos of people, and is its owner's alone.
        let output = try arguments.string("output").map { try OutputFile($0) }
        let settings = try RecognitionSettings(arguments, mode: .throughput)
        let photos = try PhotoSet(folder: folder)
        guard photos.photos.count <= FaceMap.mostFaces else {
            throw AnalysisError.tooMany(what: "photos", found: photos.photos.count, limit: FaceMap.mostFaces)
        }
        let measured = try MeasuredPhotos(photos, arguments.faceSelection(default: .largest), settings)
        let faces = try measured.mapFaces(limits: settings.limits)
        if faces.count > TSNE.mostVectors {
            Console.error(
                "\(faces.count) faces are too many for t-SNE, which takes up to \(TSNE.mostVectors): the map has "
                    + "principal components alone; take a part of the folder for both")
        }
        var progress = ProgressBar("steps of t-SNE", of: tsne.iterations)
        defer { progress.clear() }
        let map = try FaceMap(of: faces, by: tsne) { progress.advance() }
        progress.clear()
        let report = MapReport(map, measured)
        Console.line(arguments.has("json") ? try json(report) : report.description)
        guard let output else { return .yes }
        let page = Array(
            MapPage(
                map, title: URL(fileURLWithPath: folder).lastPathComponent, model: measured.description,
                threshold: settings.thresholds.verification
            ).html.utf8)
        try output.write(page)
        try output.finish()
        if !arguments.has("json") { Console.line("map: \(output.path) (\(formatted(bytes: page.count)))") }
        return .yes
    }
}

/// Where the faces lie, for people and for machines.
private struct MapReport: Encodable, CustomStringConvertible {
    struct Face: Encodable {
        let photo: String
        let person: String
        let pca: MapPoint
        let tsne: MapPoint?
    }

    let model: String
    let space: EmbeddingSpace
    /// Of each principal component.
    let explainedVariance: [Double]
    /// nil where there is no t-SNE.
    let divergence: Double?
    let perplexity: Double?
    let faces: [Face]

    init(_ map: FaceMap, _ measured: MeasuredPhotos) {
        model = measured.description
        space = measured.space
        explainedVariance = map.explainedVariance
        divergence = map.neighbouring?.divergence
        perplexity = map.neighbouring?.perplexity
        faces = map.faces.enumerated().map { place, face in
            Face(
                photo: face.photo, person: face.person, pca: map.principal[place],
                tsne: map.neighbouring?.points[place])
        }
    }

    var description: String {
        let people = Set(faces.map(\.person)).count
        let shares = explainedVariance.map { String(format: "%.1f %%", 100 * $0) }.joined(separator: " and ")
        return counted(faces.count, "face", "faces") + " of " + counted(people, "person", "people")
            + "; two principal components hold \(shares) of the variance"
    }
}
