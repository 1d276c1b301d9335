import Faceprint
import FaceprintAnalysis
import FaceprintFiles

extension Command {
    static let classifyTrain = Command(
        "classify train", "Learn to tell the people of a folder apart, one folder each.",
        operands: Operands(usage: "DIR", count: 1...1, completion: .folder),
        options: [
            .value("output", "FILE", "where the classifier goes; it holds the people's templates", completion: .file),
            .choice("method", ClassifierMethod.allCases.map(\.rawValue), "default: svm, a linear one"),
            .value("cost", "C", "svm: of a photo on the wrong side (default: 1)"),
            .value("neighbours", "K", "knn: how many of the nearest photos vote (default: 5)"),
            .value("folds", "N", "of the cross-validation, 2 to 1000 (default: 5)"),
            .value("seed", "N", "which photos are in which fold follows from it (default: 1)"),
            .face, .threshold, .json,
        ] + Option.encoding,
        example: """
            $ faceprint classify train people --output people.classifier
            93 photos of 5 people, cross-validated in 5 folds
            …
            """
    ) { arguments in
        guard let path = arguments.string("output") else {
            throw UsageError("“classify train” takes --output FILE, where the classifier goes")
        }
        let folds = try arguments.number("folds", in: 2...1000) ?? 5
        let seed = try arguments.number("seed", in: 0...UInt64.max) ?? 1
        let photos = try PhotoSet(folder: arguments.operands[0])
        let recognition = try RecognitionSettings(arguments, mode: .throughput)
        let settings = ClassifierSettings(
            method: arguments.string("method").flatMap(ClassifierMethod.init) ?? .svm,
            cost: try arguments.number("cost", in: 1e-6...1e6) ?? 1,
            neighbours: try arguments.number("neighbours", in: 1...1000) ?? 5,
            threshold: recognition.thresholds.identification)
        let output = try OutputFile(path)
        let measured = try MeasuredPhotos(photos, arguments.faceSelection(default: .largest), recognition)
        let known = zip(measured.embeddings, measured.identities).compactMap { embedding, person in
            embedding.map { (embedding: $0, person: person) }
        }
        let (embeddings, people) = (known.map(\.embedding), known.map(\.person))
        let classifier = try FaceClassifier(training: embeddings, people: people, settings: settings)
        let validation = try CrossValidation(
            of: embeddings, people: people, settings: settings, folds: folds, seed: seed)
        try output.write(classifier.json())
        try output.finish()
        let report = ClassifierReport(classifier, photos: embeddings.count, validation)
        Console.line(arguments.has("json") ? try json(report) : report.description + "\n\nclassifier: \(path)")
        return .yes
    }
}

/// What was learnt, and how well it does.
private struct ClassifierReport: Encodable, CustomStringConvertible {
    let photos: Int
    let people: Int
    let settings: ClassifierSettings
    let crossValidation: CrossValidation

    init(_ classifier: FaceClassifier, photos: Int, _ validation: CrossValidation) {
        self.photos = photos
        people = classifier.people.count
        settings = classifier.settings
        crossValidation = validation
    }

    var description: String {
        let head =
            "\(counted(photos, "photo", "photos")) of \(people) people, cross-validated in \(crossValidation.folds) folds, "
            + "threshold \(formatted(settings.threshold))"
        var table = ClassifierTable()
        table.append(settings.method.rawValue, crossValidation.classifier)
        table.append("nearest template", crossValidation.nearestTemplate)
        return ([head, ""] + table.lines).joined(separator: "\n")
    }
}
