import Faceprint
import FaceprintGallery
import FaceprintImaging
import Foundation

/// The door: somebody stands in front of a camera and wants in, with or without saying who they are.
extension Application {
    private struct Door: Encodable {
        let name: String
        let modes: [String]
        let liveness: String
    }

    static let doorRoutes: [Route] = [
        Route(
            "GET", "/api/v1/door", .scope(.door),
            Operation(
                tag: .door, summary: "What the door is called and what it wants.",
                answer: .json(
                    Schema.object([
                        "name": Schema.text, "modes": Schema.list(Schema.text),
                        "liveness": Schema.choice(ServerSettings.Liveness.allCases.map(\.rawValue)),
                    ])))
        ) { app, _ in
            try .json(
                Door(
                    name: app.settings.doorName, modes: ["walk-up", "card"],
                    liveness: app.settings.liveness.rawValue))
        },
        Route(
            "POST", "/api/v1/door/enter", .scope(.door),
            Operation(
                tag: .door,
                summary: "Decide about whoever is nearest to the camera, and open the door for those who are welcome.",
                body: .photos(["file"], fields: ["claim"]), answer: .json(DoorAnswer.schema))
        ) { app, call in
            guard app.settings.liveness == .off else {
                throw HTTPError(403, code: 37, "this door asks for a challenge: see /api/v1/door/challenge")
            }
            let claim = try call.request.claim()
            if let claim { try app.checkDelay(of: claim) }
            guard let seen = try app.look(at: try call.request.photo("file")) else {
                return try .json(DoorAnswer.nobody)
            }
            guard !seen.isTooSmall else { return try .json(DoorAnswer.tooFar) }
            return try .json(app.decide(try app.reader.encode([seen.face], of: seen.photo)[0], claim, by: call.actor))
        },
    ]

    /// Whoever is nearest to the camera.
    struct Seen {
        let photo: Photo
        /// nil for the whole photo.
        let face: Face?

        /// Whether the face is too far away to be told from others: one that wouldn't be enrolled for its size.
        var isTooSmall: Bool {
            guard let face else { return false }
            return QualityComponent.interEyeDistance.quality(of: face.landmarks.eyeDistance)
                < FaceQuality.minimumForEnrollment
        }
    }

    /// - Returns: nil where nobody is.
    func look(at bytes: [UInt8]) throws -> Seen? {
        let read = try reader.read(bytes, name: "file")
        guard let nearest = read.faces.first else { return nil }
        return Seen(photo: read.photo, face: nearest)
    }

    /// - Throws: ``HTTPError`` of status 429 while a claim has to wait, after failures.
    func checkDelay(of claim: String) throws {
        try claimDelays.check(Gallery.folded(claim: claim), "this name or badge was refused several times")
    }

    /// Decides, records the decision, and opens the door where somebody is welcome.
    ///
    /// - Parameter claim: The name or badge number; nil for whoever it is.
    func decide(_ probe: Embedding, _ claim: String?, by actor: Actor) -> DoorAnswer {
        do {
            let welcome: String?
            let event: NewEvent
            if let claim {
                (welcome, event) = try verify(probe, claimedAs: claim, by: actor)
                let counted = Gallery.folded(claim: claim)
                if welcome == nil { claimDelays.fail(counted) } else { claimDelays.succeed(counted) }
            } else {
                let answer = try identify([probe], among: settings.doorGroup)[0]
                (welcome, event) = (answer.match?.person, self.event(of: answer, by: actor))
            }
            // What isn't on the disk has not been decided: the door stays shut.
            let recorded = try events.record([event])[0]
            guard let welcome else { return .goAway }
            return open(for: welcome, mode: claim == nil ? "walk-up" : "card", recorded, by: actor)
        } catch {
            report("the door can't decide", error)
            return .failed
        }
    }

    /// Whether it is the one who is claimed. For a name that nobody has the answer is the same as for a wrong face.
    private func verify(
        _ probe: Embedding, claimedAs claim: String, by actor: Actor
    ) throws -> (welcome: String?, NewEvent) {
        let nobody = NewEvent(.refused, by: actor, detail: ["claim": claim])
        guard let person = try gallery.person(claimed: claim), person.templateCount > 0,
            try settings.doorGroup.map(person.isIn) ?? true
        else {
            metrics.countDecision("unclaimed")
            return (nil, nobody)
        }
        let decision: Verification
        do {
            decision = try gallery.verify(
                probe, as: person.name, threshold: settings.thresholds.verification,
                nearestTemplates: settings.nearestTemplates)
        } catch GalleryError.noSuchPerson {
            // Removed at this moment.
            return (nil, nobody)
        }
        return (decision.isMatch ? person.name : nil, event(of: decision, claim: person.name, by: actor))
    }

    private func open(for person: String, mode: String, _ decision: Event, by actor: Actor) -> DoorAnswer {
        guard let hook = settings.doorHook else { return .welcome(person) }
        let (outcome, failure) = hook.open(
            settings.doorName, for: person, mode: mode, decision, seconds: settings.hookSeconds, by: actor)
        if let failure { report("the door's hook failed", failure) }
        do {
            try events.record([outcome])
        } catch {
            report("what the door did can't be recorded", error)
        }
        return failure == nil ? .welcome(person) : .failed
    }
}

extension Request {
    /// Who somebody claims to be: a name or a badge number; nil for nobody in particular.
    func claim() throws(HTTPError) -> String? {
        guard let claim = try text("claim")?.trimmingCharacters(in: .whitespacesAndNewlines), !claim.isEmpty else {
            return nil
        }
        guard claim.unicodeScalars.count <= 200 else { throw .badRequest("“claim” is longer than 200 characters") }
        return claim
    }
}
