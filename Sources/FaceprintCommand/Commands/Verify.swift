import Faceprint
import FaceprintInference

extension Command {
    static let verify = Command(
        "verify", "Is this the claimed person? (1:1)",
        operands: Operands(usage: "PHOTO", count: 1...1),
        options: [
            .value("as", "NAME", "the person whom the photo is claimed to show"), .gallery, .sealKey, .threshold,
            .nearestTemplates,
            .flag("any-face", "accept when any face of the photo is the person (default: the largest face)"),
            .noResident, .json,
        ]
            + Option.encoding,
        example: """
            $ faceprint verify camera_0.jpg --as younes
            It's younes, welcome in!
            distance 0.6020, threshold 0.7000
            """
    ) { arguments in
        guard let name = arguments.string("as") else { throw UsageError("--as NAME is missing") }
        let nearestTemplates = try arguments.nearestTemplates()
        let gallery = try arguments.gallery()
        let person = try gallery.person(named: name).name
        let settings = try RecognitionSettings(arguments, space: try gallery.space())
        let faces = try settings.faces(arguments.operands[0], arguments.has("any-face") ? .every : .largest)
        let decisions = try faces.map {
            try gallery.verify(
                $0.embedding, as: person, threshold: settings.thresholds.verification,
                nearestTemplates: nearestTemplates)
        }
        guard let decision = decisions.min(by: { $0.distance < $1.distance }) else { throw FaceSelectionError.noFace }
        if arguments.has("json") {
            struct Answer: Encodable {
                let photo, person: String
                let distance, threshold: Float
                let match: Bool
            }
            Console.line(
                try json(
                    Answer(
                        photo: arguments.operands[0], person: person, distance: decision.distance,
                        threshold: decision.threshold, match: decision.isMatch)))
        } else {
            Console.line(decision.isMatch ? "It's \(person), welcome in!" : "It's not \(person), please go away")
            Console.line("distance \(formatted(decision.distance)), threshold \(formatted(decision.threshold))")
        }
        return decision.isMatch ? .yes : .no
    }
}
