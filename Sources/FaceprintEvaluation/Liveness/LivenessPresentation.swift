import Faceprint

/// What somebody, or an attack, shows to the camera when a ``LivenessChallenge`` asks for it.
///
/// It does as it is told, and no more: it shows the frames of the step that is asked for one after the other until the
/// trial goes on to the next, and gives up when they are used up.
public struct LivenessPresentation: Sendable {
    /// A frame of the camera; nil where no face is found.
    public typealias Shot = (face: Face, embedding: Embedding)?

    private let straight: [Shot]
    private let turned: [LivenessChallenge.Turn: [Shot]]
    /// Between two frames, in seconds.
    private static let interval = 0.25

    /// - Parameters:
    ///   - straight: Looking into the camera; at first, and again after each turn.
    ///   - left: Turning to the person's left.
    ///   - right: Turning to the person's right.
    public init(straight: [Shot], left: [Shot], right: [Shot]) {
        self.straight = straight
        turned = [.left: left, .right: right]
    }

    /// What a trial makes of it.
    ///
    /// - Throws: ``FaceprintError/incomparable(_:_:)`` when the embeddings were made by different models.
    public func outcome(
        of challenge: LivenessChallenge, _ settings: LivenessSettings
    ) throws(FaceprintError) -> LivenessTrial.State {
        var trial = LivenessTrial(challenge, settings: settings)
        var seconds = 0.0
        while let step = trial.step {
            let done = trial.done
            for shot in shots(for: step) where trial.done == done && trial.step != nil {
                seconds += Self.interval
                guard let shot else { continue }
                try trial.add(LivenessFrame(face: shot.face, embedding: shot.embedding, seconds: seconds))
            }
            if trial.done == done, trial.step != nil { return .failed(.tooLate) }
        }
        return trial.state
    }

    private func shots(for step: LivenessTrial.Step) -> [Shot] {
        switch step {
        case .look: straight
        case .turn(let side): turned[side] ?? []
        }
    }
}
