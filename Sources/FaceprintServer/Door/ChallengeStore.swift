import Faceprint
import Foundation
import Synchronization

/// The liveness challenges that are going on.
final class ChallengeStore: Sendable {
    /// One challenge at a door.
    final class Trial: Sendable {
        let id = UUID()
        let challenge: LivenessChallenge
        /// Who somebody claims to be; nil for whoever it is.
        let claim: String?
        let begun: ContinuousClock.Instant
        /// Frames are judged one after the other.
        let state: Mutex<LivenessTrial>

        init(
            _ challenge: LivenessChallenge, settings: LivenessSettings, claim: String?, begun: ContinuousClock.Instant
        ) {
            self.challenge = challenge
            self.claim = claim
            self.begun = begun
            state = Mutex(LivenessTrial(challenge, settings: settings))
        }

        /// Since it began.
        func seconds(at now: ContinuousClock.Instant) -> Double { (now - begun) / .seconds(1) }
    }

    private let trials = Mutex<[UUID: Trial]>([:])
    private let now: GrowingDelay.Clock

    init(now: @escaping GrowingDelay.Clock = { .now }) { self.now = now }

    /// Begins one.
    ///
    /// - Returns: With those that nobody has brought to an end in their time.
    /// - Throws: ``HTTPError/busy`` where there are absurdly many.
    func begin(settings: LivenessSettings, claim: String?) throws(HTTPError) -> (trial: Trial, abandoned: [Trial]) {
        let now = now()
        let trial = Trial(.random(), settings: settings, claim: claim, begun: now)
        let (isTaken, abandoned) = trials.withLock { trials in
            let abandoned = trials.values.filter { $0.isOver(at: now) }
            for trial in abandoned { trials[trial.id] = nil }
            guard trials.count < Self.mostTrials else { return (false, abandoned) }
            trials[trial.id] = trial
            return (true, abandoned)
        }
        guard isTaken else { throw .busy }
        return (trial, abandoned)
    }

    /// One that goes on.
    func trial(_ id: UUID) -> Trial? {
        guard let trial = trials.withLock({ $0[id] }), !trial.isOver(at: now()) else { return nil }
        return trial
    }

    /// Whoever ends a trial first is told so: a trial opens a door once.
    func end(_ trial: Trial) -> Bool { trials.withLock { $0.removeValue(forKey: trial.id) } != nil }

    private static let mostTrials = 1_000
}

extension ChallengeStore.Trial {
    /// A second longer than allowed, so that the last frame learns that it was too late.
    fileprivate func isOver(at now: ContinuousClock.Instant) -> Bool { seconds(at: now) > challenge.seconds + 1 }
}
