import Faceprint
import FaceprintAnalysis
import FaceprintImaging
import FaceprintInference

extension Command {
    static let classifyRun = Command(
        "classify run", "Which of the people that a classifier knows is it, if any?",
        operands: Operands(usage: "CLASSIFIER PHOTO…", count: 1...Int.max),
        options: [
            .value(
                "folder", "DIR", "instead of photos: one folder a person; says how many were right",
                completion: .folder),
            .value(
                "strangers", "DIR", "photos of nobody who was learnt; says how many are taken for somebody",
                completion: .folder),
            .threshold, .json,
        ] + Option.encoding,
        example: """
            $ faceprint classify run people.classifier madonna.jpg stranger.jpg
            madonna.jpg: It's madonna (probability 96 %, distance 0.6120)
            stranger.jpg: None of these people. (nearest to madonna, distance 1.2903, threshold 1.0000)
            """
    ) { arguments in
        let probes = try arguments.probesToClassify()
        var classifier = try FaceClassifier(contentsOf: arguments.operands[0])
        if let threshold = try arguments.number("threshold", in: 0...Float(2)) { classifier.threshold = threshold }
        let settings = try RecognitionSettings(arguments, space: classifier.space, mode: .throughput)
        let isMeasured = arguments.operands.count == 1
        var report = ClassificationReport(
            classifier.settings.method, isMeasured: isMeasured, isJSON: arguments.has("json"))
        var failed = false
        try settings.recognizer().facesWithProgress(
            ofFilesAt: probes.map(\.photo.path), isMeasured ? .largest : .every, limits: settings.limits
        ) { place, encoded in
            switch encoded.flatMap({ $0.isEmpty ? .failure(FaceSelectionError.noFace) : .success($0) }) {
            case .success(let faces):
                for (number, face) in faces.enumerated() {
                    report.add(
                        probes[place], FacePlace(number: number + 1, of: faces.count, box: face.face?.box),
                        try classifier.classify(face.embedding))
                }
            case .failure(let error):
                failed = true
                Console.error("\(PhotoFailure(path: probes[place].photo.path, error: error))")
            }
        }
        try report.finish()
        return failed ? .failure : report.allRight ? .yes : .no
    }
}

/// A photo to classify, and what is known of it.
struct ClassifiedProbe {
    let photo: PersonPhoto
    /// Whether it shows nobody who was learnt.
    let isStranger: Bool
}

extension Arguments {
    fileprivate func probesToClassify() throws -> [ClassifiedProbe] {
        let folders = [(string("folder"), false), (string("strangers"), true)]
        let measured = try folders.flatMap { folder, isStranger in
            try folder.map { try PersonPhoto.all(in: $0) }.map { photos in
                photos.map { ClassifiedProbe(photo: $0, isStranger: isStranger) }
            } ?? []
        }
        let given = operands.dropFirst().map { PersonPhoto(path: $0, person: nil) }
        guard measured.isEmpty != given.isEmpty else {
            throw UsageError("“classify run” takes CLASSIFIER and photos, or --folder or --strangers")
        }
        return measured + given.map { ClassifiedProbe(photo: $0, isStranger: false) }
    }
}
