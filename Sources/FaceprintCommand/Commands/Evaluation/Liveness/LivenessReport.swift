import Faceprint
import FaceprintEvaluation
import Foundation

/// What an evaluation of the liveness challenge found, for people and for machines.
struct LivenessReport: Encodable, CustomStringConvertible {
    /// The rates if another depth were demanded.
    struct Choice: Encodable {
        let depth: Float
        let bpcer: Proportion
        /// Of the species that passes most often.
        let flatAPCER: Proportion
        let bentAPCER: Proportion
    }

    let model: String
    let settings: LivenessSettings
    let rates: LivenessRates
    let choices: [Choice]
    /// How many of the people have turned photos of both sides; the others' other side is a mirror image.
    let peopleOfBothSides: Int
    let seed: UInt64

    private static let depths: [Float] = [0, 0.2, 0.25, 0.3, 0.35, 0.4]

    init(
        _ measured: MeasuredPhotos, _ people: LivenessPeople, bonaFide: LivenessRates.Trials,
        attacks: [LivenessRates.Trials], _ settings: LivenessSettings, seed: UInt64
    ) throws {
        model = measured.description
        self.settings = settings
        rates = try LivenessRates(bonaFide: bonaFide, attacks: attacks, settings)
        choices = try Self.depths.map { depth in
            var settings = settings
            settings.depth = depth
            let rates = try LivenessRates(bonaFide: bonaFide, attacks: attacks, settings)
            func worst(flat: Bool) -> Proportion {
                zip(AttackSpecies.all, rates.attacks).filter { $0.0.isFlat == flat }.map(\.1.errors)
                    .max { $0.value < $1.value } ?? Proportion(0, of: 0)
            }
            return Choice(
                depth: depth, bpcer: rates.bpcer, flatAPCER: worst(flat: true), bentAPCER: worst(flat: false))
        }
        peopleOfBothSides = people.turning.count { !$0.left.isMirrored && !$0.right.isMirrored }
        self.seed = seed
    }

    var description: String {
        var kinds = Table("presentations", "", "rate", "errors", "95 %", "failed by")
        kinds.append(rates.bonaFide, "BPCER")
        for species in rates.attacks { kinds.append(species, "APCER") }
        var table = Table("depth", "BPCER", "APCER, flat", "APCER, bent")
        for choice in choices {
            table.append(
                String(format: "%.2f", choice.depth), percent(choice.bpcer.value), percent(choice.flatAPCER.value),
                percent(choice.bentAPCER.value))
        }
        return
            ([
                "Liveness challenge", model,
                "bona fide: \(rates.bpcer.total) people with a straight photo and one turned by 25° to 50°; "
                    + "\(peopleOfBothSides) have both sides, the others' other side is a mirror image",
                "",
            ] + kinds.lines + ["", "If another depth were demanded than \(settings.depth); the worst species:"]
            + table.lines).joined(separator: "\n")
    }
}

extension Table {
    fileprivate mutating func append(_ kind: LivenessRates.Kind, _ rate: String) {
        let (share, failures) = (kind.errors, kind.failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) })
        append(
            kind.name, rate, percent(share.value), "\(share.count) of \(share.total)",
            "\(percent(share.lower)) to \(percent(share.upper))",
            failures.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }
}

private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
