import Faceprint

/// How often a liveness challenge decides wrongly, in the words of ISO/IEC 30107-3.
///
/// The *attack presentation classification error rate* APCER is the share of the attacks of one species, that is of one
/// way to make them, that pass; species are not averaged, for an attacker chooses the best. The *bona fide presentation
/// classification error rate* BPCER is the share of people who do what is asked and fail. An attack in which no face is
/// found has failed.
public struct LivenessRates: Hashable, Sendable, Codable {
    /// The presentations of one kind.
    public struct Kind: Hashable, Sendable, Codable {
        public let name: String
        /// Those decided wrongly: attacks that pass, people who fail.
        public let errors: Proportion
        /// Those that failed, by the reason.
        public let failures: [String: Int]
    }

    public let bonaFide: Kind
    public let attacks: [Kind]

    /// The presentations of a kind, each with the challenge that it is given.
    public typealias Trials = (name: String, presentations: [(LivenessPresentation, LivenessChallenge)])

    /// - Throws: ``FaceprintError/incomparable(_:_:)`` when the embeddings were made by different models.
    public init(bonaFide: Trials, attacks: [Trials], _ settings: LivenessSettings) throws(FaceprintError) {
        self.bonaFide = try Kind(bonaFide, settings) { !$0 }
        var kinds: [Kind] = []
        for species in attacks { kinds.append(try Kind(species, settings) { $0 }) }
        self.attacks = kinds
    }

    public var bpcer: Proportion { bonaFide.errors }

    /// The species that passes most often.
    public var worstAttack: Kind? { attacks.max { $0.errors.value < $1.errors.value } }
}

extension LivenessRates.Kind {
    /// - Parameter isError: Of whether one has passed.
    fileprivate init(
        _ trials: LivenessRates.Trials, _ settings: LivenessSettings, isError: (Bool) -> Bool
    ) throws(FaceprintError) {
        var errors = 0
        var failures: [String: Int] = [:]
        for (presentation, challenge) in trials.presentations {
            let outcome = try presentation.outcome(of: challenge, settings)
            if case .failed(let reason) = outcome {
                failures[reason.rawValue, default: 0] += 1
                if isError(false) { errors += 1 }
            } else if isError(true) {
                errors += 1
            }
        }
        name = trials.name
        self.errors = Proportion(errors, of: trials.presentations.count)
        self.failures = failures
    }
}
