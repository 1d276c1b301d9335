import Faceprint
import FaceprintAnalysis
import FaceprintEvaluation
import Foundation

/// What was classified: a line a face as soon as it is known or, of photos of which the truth is known, the counts.
struct ClassificationReport {
    private struct Answer: Encodable {
        let photo: String
        let box: Box?
        /// nil where it isn't known, and for strangers.
        let expected: String?
        let match: String?
        let chosen: String
        let probabilities: [String: Double]
        let distance: Float
        let threshold: Float
    }

    private struct Figures: Encodable {
        let known: CrossValidation.Counts
        let knownByNearestTemplate: CrossValidation.Counts
        let falsePositiveIdentificationRate: Proportion
        let falsePositiveIdentificationRateOfNearestTemplate: Proportion
        let answers: [Answer]
    }

    private let method: ClassifierMethod
    private let isMeasured: Bool
    private let isJSON: Bool
    private var answers: [Answer] = []
    private var known = (classifier: CrossValidation.Counts(), nearest: CrossValidation.Counts())
    /// How many strangers were taken for somebody.
    private var strangers = (classifier: 0, nearest: 0, all: 0)
    /// Whether every face was somebody and, where the truth is known, the right one, and no stranger was.
    private(set) var allRight = true

    init(_ method: ClassifierMethod, isMeasured: Bool, isJSON: Bool) {
        self.method = method
        self.isMeasured = isMeasured
        self.isJSON = isJSON
    }

    mutating func add(_ probe: ClassifiedProbe, _ face: FacePlace, _ answer: Classification) {
        let person = probe.isStranger ? nil : probe.photo.person
        if isJSON {
            answers.append(
                Answer(
                    photo: probe.photo.path, box: face.box, expected: person, match: answer.match,
                    chosen: answer.person, probabilities: answer.probabilities, distance: answer.distance,
                    threshold: answer.threshold))
        } else if !isMeasured {
            Console.line("\(probe.photo.path)\(face): \(Self.sentence(answer))")
        }
        if probe.isStranger {
            strangers.all += 1
            strangers.classifier += answer.match == nil ? 0 : 1
            strangers.nearest += answer.nearestMatch == nil ? 0 : 1
            allRight = allRight && answer.match == nil
        } else if let person {
            known.classifier.count(person, chosen: answer.person, accepted: answer.match != nil)
            known.nearest.count(
                person, chosen: answer.nearest.person, accepted: answer.nearestMatch != nil)
            allRight = allRight && answer.match == person
        } else {
            allRight = allRight && answer.match != nil
        }
    }

    func finish() throws {
        let rates = (
            classifier: Proportion(strangers.classifier, of: strangers.all),
            nearest: Proportion(strangers.nearest, of: strangers.all)
        )
        guard !isJSON else {
            Console.line(
                isMeasured
                    ? try json(
                        Figures(
                            known: known.classifier, knownByNearestTemplate: known.nearest,
                            falsePositiveIdentificationRate: rates.classifier,
                            falsePositiveIdentificationRateOfNearestTemplate: rates.nearest, answers: answers))
                    : try json(answers))
            return
        }
        guard isMeasured else { return }
        if known.classifier.photos > 0 {
            var table = ClassifierTable()
            table.append(method.rawValue, known.classifier)
            table.append("nearest template", known.nearest)
            table.lines.forEach(Console.line)
        }
        guard strangers.all > 0 else { return }
        if known.classifier.photos > 0 { Console.line("") }
        var table = Table("", "strangers taken for somebody", "FPIR", "95 % bounds")
        for (name, rate) in [(method.rawValue, rates.classifier), ("nearest template", rates.nearest)] {
            table.append(
                name, "\(rate.count) of \(rate.total)", percent(rate.value),
                "\(percent(rate.lower)) to \(percent(rate.upper))")
        }
        table.print()
    }

    private static func sentence(_ answer: Classification) -> String {
        let distance = "distance \(formatted(answer.distance))"
        guard let match = answer.match else {
            return "None of these people. (nearest to \(answer.person), \(distance), threshold "
                + "\(formatted(answer.threshold)))"
        }
        return "It's \(match) (probability \(percent(answer.probability)), \(distance))"
    }
}
