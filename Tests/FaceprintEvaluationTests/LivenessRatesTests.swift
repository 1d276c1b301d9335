import Faceprint
import FaceprintEvaluation
import TestSupport
import Testing

/// Presentations to a liveness challenge, and the rates over them.
@Suite struct LivenessRatesTests {
    private let settings = LivenessSettings(identityThreshold: 1)
    private let challenge = LivenessChallenge(turns: [.left, .right, .right])

    /// Of a head that turns as it is told, as far as it takes.
    private func presentation(
        of head: SyntheticHead, turnedBy others: Double = 0, misses: Bool = false, mirrored: Bool = false
    ) throws -> LivenessPresentation {
        func shots(_ yaws: Double..., person: Double = 0) throws -> [LivenessPresentation.Shot] {
            try yaws.map { (head.face(yaw: mirrored ? -$0 : $0), try at(person)) }
        }
        let right = try shots(-15, -30, -40, -40)
        return LivenessPresentation(
            straight: try shots(0, 2), left: try shots(15, 30, 40, 40, person: others),
            right: misses ? [nil, nil] + right : right)
    }

    @Test func aHeadPasses() throws {
        let outcome = try presentation(of: SyntheticHead()).outcome(of: challenge, settings)
        guard case .passed(let frontal) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(frontal.seconds == 0.25)
    }

    @Test func framesWithoutAFaceTakeTimeOnly() throws {
        let outcome = try presentation(of: SyntheticHead(), misses: true).outcome(of: challenge, settings)
        guard case .passed = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func whatHasNothingMoreToShowIsTooLate() throws {
        let flat = try presentation(of: SyntheticHead(depth: 0)).outcome(of: challenge, settings)
        #expect(flat == .failed(.tooLate))
        let nothing = LivenessPresentation(straight: [nil], left: [], right: [])
        #expect(try nothing.outcome(of: challenge, settings) == .failed(.tooLate))
    }

    @Test func errorsOfPeopleAndOfAttacksAreCountedApart() throws {
        let (head, flat) = (SyntheticHead(), SyntheticHead(depth: 0))
        let people = [
            try presentation(of: head), try presentation(of: head, turnedBy: 90),
            try presentation(of: head, mirrored: true),
        ]
        let rates = try LivenessRates(
            bonaFide: ("people", people.map { ($0, challenge) }),
            attacks: [
                ("flat", [(try presentation(of: flat), challenge)]),
                ("mask", [(try presentation(of: head), challenge), (try presentation(of: flat), challenge)]),
            ], settings)
        #expect(rates.bpcer.count == 2 && rates.bpcer.total == 3)
        #expect(rates.bonaFide.failures == ["otherPerson": 1, "wrongTurn": 1])
        #expect(rates.attacks.map(\.errors) == [Proportion(0, of: 1), Proportion(1, of: 2)])
        #expect(rates.attacks.map(\.failures) == [["tooLate": 1], ["tooLate": 1]])
        #expect(rates.worstAttack?.name == "mask")
    }
}
