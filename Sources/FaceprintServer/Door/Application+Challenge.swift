import Faceprint
import FaceprintGallery
import Foundation

/// The door's liveness challenge: head turns that a photo can't do, before the decision.
extension Application {
    private struct Claim: Decodable {
        let claim: String?
    }

    private struct Begun: Encodable {
        let challenge: String
        let steps: [String]
        let seconds: Double
    }

    private struct Progress: Encodable {
        let state: DoorAnswer.State
        let message: String
        var name: String?
        var step: String?
        let done: Int
        let of: Int
    }

    private static let stepSchema = Schema.choice(["look", "left", "right"])

    static let challengeRoutes: [Route] = [
        Route(
            "POST", "/api/v1/door/challenge", .scope(.door),
            Operation(
                tag: .door, summary: "Begin a challenge: the head turns to make, in this order.",
                body: .json(Schema.object([:], sometimes: ["claim": Schema.optional(Schema.claim)])), status: 201,
                answer: .json(
                    Schema.object([
                        "challenge": Schema.id, "steps": Schema.list(stepSchema), "seconds": Schema.number,
                    ])))
        ) { app, call in
            let claim = try call.request.json(Claim.self).claim?.trimmingCharacters(in: .whitespacesAndNewlines)
            guard (claim ?? "").unicodeScalars.count <= 200 else {
                throw HTTPError.badRequest("“claim” is longer than 200 characters")
            }
            if let claim, !claim.isEmpty { try app.checkDelay(of: claim) }
            let (trial, abandoned) = try app.challenges.begin(
                settings: LivenessSettings(identityThreshold: app.settings.thresholds.verification),
                claim: claim?.isEmpty == true ? nil : claim)
            // Until it is passed: nobody is to ask again and again for the turns that a video of theirs has.
            if let claim = trial.claim { app.claimDelays.fail(Gallery.folded(claim: claim)) }
            for trial in abandoned { app.recordRefusal(of: trial, "abandoned", by: call.actor) }
            return try .json(
                Begun(
                    challenge: trial.id.text, steps: trial.challenge.turns.map(\.rawValue),
                    seconds: trial.challenge.seconds), status: 201)
        },
        Route(
            "POST", "/api/v1/door/challenge/{challenge}", .scope(.door),
            Operation(
                tag: .door,
                summary: "A frame of the camera, some four a second. When all steps are done the door decides.",
                body: .photos(["file"]),
                answer: .json(
                    Schema.object(
                        [
                            "state": Schema.choice(["continue", "admitted", "refused", "failed"]),
                            "message": Schema.text, "done": Schema.count, "of": Schema.count,
                        ], sometimes: ["step": stepSchema, "name": Schema.text])),
                pathSchemas: ["challenge": Schema.id])
        ) { app, call in
            guard let id = UUID(uuidString: call["challenge"]), let trial = app.challenges.trial(id) else {
                throw HTTPError.notFound("this challenge is over or never was; begin another one")
            }
            let seconds = trial.seconds(at: .now)
            guard let seen = try app.look(at: try call.request.photo("file")), let face = seen.face, !seen.isTooSmall
            else { return try app.progress(of: trial) }
            let embedding = try app.reader.encode([face], of: seen.photo)[0]
            let state = try trial.state.withLock {
                try $0.add(LivenessFrame(face: face, embedding: embedding, seconds: seconds))
            }
            switch state {
            case .waiting:
                return try app.progress(of: trial)
            case .passed(let frontal):
                guard app.challenges.end(trial) else {
                    throw HTTPError.notFound("this challenge is over; begin another one")
                }
                let answer = app.decide(frontal.embedding, trial.claim, by: call.actor)
                return try app.progress(of: trial, answer)
            case .failed(let reason):
                guard app.challenges.end(trial) else {
                    throw HTTPError.notFound("this challenge is over; begin another one")
                }
                app.recordRefusal(of: trial, reason.rawValue, by: call.actor)
                return try app.progress(of: trial, DoorAnswer(state: .refused, message: reason.advice))
            }
        },
    ]

    /// A challenge that was not met is a decision too.
    private func recordRefusal(of trial: ChallengeStore.Trial, _ reason: String, by actor: Actor) {
        metrics.countDecision("liveness")
        var detail = ["liveness": reason]
        detail["claim"] = trial.claim
        do {
            try events.record([NewEvent(.refused, by: actor, detail: detail)])
        } catch {
            report("a decision can't be recorded", error)
        }
    }

    private func progress(of trial: ChallengeStore.Trial, _ answer: DoorAnswer? = nil) throws -> Response {
        let (step, done) = trial.state.withLock { ($0.step, $0.done) }
        return try .json(
            Progress(
                state: answer?.state ?? .goesOn, message: answer?.message ?? step?.message ?? "", name: answer?.name,
                step: step?.word, done: done, of: trial.challenge.steps.count))
    }
}

extension LivenessTrial.Step {
    fileprivate var word: String {
        switch self {
        case .look: "look"
        case .turn(let turn): turn.rawValue
        }
    }

    fileprivate var message: String {
        switch self {
        case .look: "Look into the camera"
        case .turn(.left): "Turn your head to the left"
        case .turn(.right): "Turn your head to the right"
        }
    }
}

extension LivenessTrial.Reason {
    /// What the door says; it doesn't say which check failed to whoever tries to get past it.
    fileprivate var advice: String {
        switch self {
        case .tooLate, .interrupted: "That took too long. Please try again"
        default: "Please go away"
        }
    }
}
