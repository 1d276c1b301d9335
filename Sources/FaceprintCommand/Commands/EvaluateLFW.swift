import Faceprint
import FaceprintEvaluation
import FaceprintFiles
import FaceprintImaging
import FaceprintInference

extension Command {
    static let evaluateLFW = Command(
        "evaluate lfw", "Measure accuracy by the protocol of Labeled Faces in the Wild, and over all pairs.",
        operands: Operands(usage: "DIR", count: 1...1),
        options: [
            .value("pairs", "FILE", "the list of pairs (default: DIR/pairs.txt)", completion: .file), .json,
        ] + Option.encoding,
        example: """
            $ faceprint evaluate lfw lfw --pairs pairs.txt
            accuracy  99.42 % ± 0.08, threshold 1.0925
            …
            """
    ) { arguments in
        let folder = arguments.operands[0]
        let list = try PairList(lfw: arguments.string("pairs") ?? folder + "/pairs.txt")
        let settings = try RecognitionSettings(arguments, mode: .throughput)
        let clock = ContinuousClock()
        let recognizer = try settings.recognizer()
        let start = clock.now
        let embeddings = try embed(list.photos, in: folder, with: recognizer, limits: settings.limits)
        let seconds = (clock.now - start) / .seconds(1)
        let refused = Set(list.photos).subtracting(embeddings.keys)
        let measurement = try PairMeasurement(of: list, embeddings: embeddings, refused: refused)
        let people = list.photos.map { String($0.prefix { $0 != "/" }) }
        let all = try AllPairs(embeddings: list.photos.map { embeddings[$0] }, identities: people)
        let report = LFWReport(
            space: recognizer.encoder.space, precision: recognizer.encoder.precision, photos: list.photos.count,
            seconds: seconds, folds: try FoldProtocol(measurement.pairs),
            pairs: try ErrorRates(genuine: measurement.genuine, impostor: measurement.impostor),
            allPairs: try ErrorRates(genuine: all.genuine, impostor: all.impostor),
            refusedPhotos: measurement.refusedPhotos)
        Console.line(arguments.has("json") ? try json(report.figures) : report.description)
        return .yes
    }

    /// The embeddings of photos below a folder; a photo without a face has none and is named on standard error.
    private static func embed(
        _ photos: [String], in folder: String, with recognizer: Recognizer, limits: PhotoLimits
    ) throws -> [String: Embedding] {
        var progress = ProgressBar("photos", of: photos.count)
        defer { progress.clear() }
        var embeddings: [String: Embedding] = [:]
        let files = photos.map { PersonPhoto(path: folder + "/" + $0, person: nil) }
        var names = photos.makeIterator()
        try PhotoEncoding(recognizer, .central, limits: limits).run(files) { photo, encoded in
            let name = names.next()!
            switch encoded {
            case .success(let (_, faces)): embeddings[name] = faces[0].embedding
            case .failure(let error as FaceSelectionError): Console.error("\(photo.path): \(error)")
            case .failure(let error): throw error
            }
            progress.advance()
        }
        return embeddings
    }
}
