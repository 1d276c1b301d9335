import Faceprint
import FaceprintEvaluation
import FaceprintImaging

extension Command {
    static let evaluateLiveness = Command(
        "evaluate liveness", "Measure the liveness challenge on a folder of people, and on stills of them held up.",
        operands: Operands(usage: "DIR", count: 1...1, completion: .folder),
        options: [
            .value("stills", "N", "how many people's photos are held up as attacks, 0 for none (default: 50)"),
            .value("seed", "N", "what challenges, stills and hands follow from (default: 1)"),
            .threshold, .face, .json,
        ] + Option.encoding,
        example: """
            $ faceprint evaluate liveness lfw/images --stills 80
            …
            bona fide       BPCER  6.9 %  4 of 58  2.7 % to 16.4 %  otherPerson 3, moved 1
            sheet at 30 cm  APCER  0.0 %  0 of 80  0.0 % to 4.6 %   flat 70, moved 4, otherPerson 3, tooLate 3
            …
            """
    ) { arguments in
        let stills = try arguments.number("stills", in: 0...100_000) ?? 50
        let seed = try arguments.number("seed", in: 0...UInt64.max) ?? 1
        let settings = try RecognitionSettings(arguments, mode: .throughput)
        let selection = arguments.faceSelection(default: .largest)
        let measured = try MeasuredPhotos(try PhotoSet(folder: arguments.operands[0]), selection, settings)
        let demands = LivenessSettings(identityThreshold: settings.thresholds.verification)

        let people = LivenessPeople(measured, demands)
        guard !people.turning.isEmpty else {
            throw UsageError(
                "nobody in “\(arguments.operands[0])” has a photo that looks straight and one that is turned from it "
                    + "by 25° to 50°; give a folder of people with several photos each, and a profile that looks for faces"
            )
        }
        let recognizer = try settings.recognizer()
        var random = SplitMix(seed: seed)
        let bonaFide = try people.presentations(measured, recognizer, selection, limits: settings.limits)
            .map { ($0, LivenessChallenge.random(using: &random)) }
        let held = try HeldStills(
            of: Array(random.shuffled(people.stills).prefix(stills)), measured, recognizer, limits: settings.limits,
            &random)
        let report = try LivenessReport(
            measured, people, bonaFide: ("bona fide", bonaFide), attacks: held.attacks, demands, seed: seed)
        Console.line(arguments.has("json") ? try json(report) : report.description)
        return .yes
    }
}
