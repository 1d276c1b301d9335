import Faceprint
import FaceprintEvaluation
import Testing

@Suite("Calibration")
struct CalibrationTests {
    @Test func `The threshold is that of the error rates, its bounds hold the rates and repeat with the seed`() throws {
        let people = try SyntheticPeople(people: 120, photosOfEach: 3, spread: 0.7)
        let all = try AllPairs(embeddings: people.embeddings, identities: people.identities)
        func calibrate(seed: UInt64) throws -> Calibration {
            try Calibration(
                fmr: 1e-3, all: all, embeddings: people.embeddings, identities: people.identities, draws: 200,
                seed: seed)
        }
        let calibration = try calibrate(seed: 1)
        let rates = try ErrorRates(genuine: all.genuine, impostor: all.impostor)
        #expect(calibration.point == rates.operatingPoint(fmr: 1e-3))
        #expect(calibration.fmrBounds.lower < calibration.point.fmr.value)
        #expect(calibration.fmrBounds.upper > calibration.point.fmr.value)
        #expect(calibration.fnmrBounds.lower <= calibration.point.fnmr.lower)
        #expect(calibration.fnmrBounds.upper >= calibration.point.fnmr.upper)
        #expect(try calibrate(seed: 1) == calibration)
        #expect(try calibrate(seed: 2) != calibration)
    }

    @Test func `Photos copied over and over don't make it surer`() throws {
        let few = try SyntheticPeople(people: 60, photosOfEach: 2, spread: 0.7)
        let copies = (0..<5).flatMap { _ in few.embeddings }
        let names = (0..<5).flatMap { _ in few.identities }
        func width(_ embeddings: [Embedding?], _ identities: [String]) throws -> (drawn: Double, wilson: Double) {
            let all = try AllPairs(embeddings: embeddings, identities: identities)
            let found = try Calibration(fmr: 0.01, all: all, embeddings: embeddings, identities: identities)
            return (
                found.fmrBounds.upper - found.fmrBounds.lower, found.point.fmr.upper - found.point.fmr.lower
            )
        }
        let (once, often) = (try width(few.embeddings, few.identities), try width(copies, names))
        #expect(often.wilson < 0.3 * once.wilson)
        #expect(often.drawn > 0.7 * once.drawn)
    }

    @Test func `A rate that can't be measured is an error that says how many pairs it takes`() throws {
        let people = try SyntheticPeople(people: 10, photosOfEach: 2, spread: 0.1)
        let all = try AllPairs(embeddings: people.embeddings, identities: people.identities)
        #expect(throws: EvaluationError.tooFewImpostors(fmr: 1e-3, found: 180)) {
            try Calibration(fmr: 1e-3, all: all, embeddings: people.embeddings, identities: people.identities)
        }
        #expect(throws: EvaluationError.self) {
            try Calibration(fmr: 0.5, all: all, embeddings: people.embeddings, identities: people.identities)
        }
    }
}
