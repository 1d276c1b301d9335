/// Whether somebody meets a ``LivenessChallenge``: a state machine, frames in, states out. It has no clock of its own.
///
/// ```swift
/// var trial = LivenessTrial(.random(), settings: LivenessSettings(identityThreshold: model.thresholds.verification))
/// switch try trial.add(LivenessFrame(face: face, embedding: embedding, seconds: 0.25)) {
/// case .waiting(let step): ask(for: step)
/// case .passed(let frontal): decide(on: frontal.embedding)
/// case .failed(let reason): refuse(reason)
/// }
/// ```
///
/// First it waits for a straight face: the *frontal* frame, which all later ones are held against and which the
/// decision about the person is made on. Each later frame must show the same person, not far from where the face was
/// a moment ago. A turn is made by frames in a row whose ``HeadTurn`` has enough parallax to the side that was
/// asked for, and a head's depth.
public struct LivenessTrial: Sendable {
    /// What is to be done now.
    public enum Step: Hashable, Sendable {
        /// Look straight into the camera: at first, and again after each turn.
        case look
        /// Turn the head, to the person's own side.
        case turn(LivenessChallenge.Turn)
    }

    /// Why it failed.
    public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
        /// The time was over.
        case tooLate
        /// Too long without a frame with a face.
        case interrupted
        /// The face was suddenly elsewhere, or turned another way.
        case moved
        /// A frame shows somebody else.
        case otherPerson
        /// The head was turned to the other side.
        case wrongTurn
        /// What was turned has not the depth of a head.
        case flat
    }

    public enum State: Hashable, Sendable {
        case waiting(Step)
        /// - Parameter frontal: What the decision about the person is made on.
        case passed(frontal: LivenessFrame)
        case failed(Reason)
    }

    public let challenge: LivenessChallenge
    public let settings: LivenessSettings
    public private(set) var state: State = .waiting(.look)
    /// How many of the challenge's steps are done.
    public private(set) var done = 0

    private let steps: [Step]
    private var last: (frame: LivenessFrame, parallax: Float)?
    /// Frames in a row that show what is asked for.
    private var held = 0
    /// The straightest one of the first frames in a row that look into the camera.
    private var frontal: LivenessFrame?

    public init(_ challenge: LivenessChallenge, settings: LivenessSettings) {
        self.challenge = challenge
        self.settings = settings
        steps = challenge.steps
    }

    /// What is waited for; nil once it is over.
    public var step: Step? { if case .waiting(let step) = state { step } else { nil } }

    /// Takes the next frame. Those after the end, and one that isn't later than the one before, change nothing.
    ///
    /// - Throws: ``FaceprintError/incomparable(_:_:)`` when the embeddings were made by different models.
    @discardableResult
    public mutating func add(_ frame: LivenessFrame) throws(FaceprintError) -> State {
        guard case .waiting(let step) = state else { return state }
        if let last, !(frame.seconds > last.frame.seconds) { return state }
        if !(frame.seconds <= challenge.seconds) {
            end(.failed(.tooLate))
        } else if done > 0, let frontal, let last {
            try take(frame, after: last, frontal, for: step)
        } else {
            try lookForTheFirstTime(frame)
        }
        return state
    }

    private mutating func take(
        _ frame: LivenessFrame, after last: (frame: LivenessFrame, parallax: Float), _ frontal: LivenessFrame,
        for step: Step
    ) throws(FaceprintError) {
        if let reason = interruption(between: last.frame, and: frame) { return end(.failed(reason)) }
        guard try isSamePerson(frame, as: frontal) else { return end(.failed(.otherPerson)) }
        // Points in a line are no face to judge, and the next frame is near enough.
        guard let turn = HeadTurn(from: frontal.face.landmarks, to: frame.face.landmarks) else {
            held = 0
            return
        }
        if abs(turn.parallax - last.parallax) > settings.largestJump { return end(.failed(.moved)) }
        if turn.tilt >= settings.flatTilt, turn.depthInAnyDirection < settings.flatDepth {
            return end(.failed(.flat))
        }
        self.last = (frame, turn.parallax)
        switch step {
        case .turn(let side): turned(turn, to: side)
        case .look: lookedBack(turn)
        }
    }

    private mutating func lookForTheFirstTime(_ frame: LivenessFrame) throws(FaceprintError) {
        let before = last
        last = (frame, 0)
        let pose = HeadPose(frame.face.landmarks)
        guard abs(pose.yaw) <= settings.straightYaw, abs(pose.pitch) <= settings.straightPitch else {
            (held, frontal) = (0, nil)
            return
        }
        // Whoever passes by before it has begun only delays it.
        if let frontal, let before, interruption(between: before.frame, and: frame) == nil,
            try isSamePerson(frame, as: frontal)
        {
            held += 1
            if abs(pose.yaw) < abs(HeadPose(frontal.face.landmarks).yaw) { self.frontal = frame }
        } else {
            held = 1
            frontal = frame
        }
        if held >= settings.heldFrames { advance() }
    }

    private func interruption(between last: LivenessFrame, and next: LivenessFrame) -> Reason? {
        if next.seconds - last.seconds > settings.longestGap { return .interrupted }
        return next.face.box.intersectionOverUnion(last.face.box) < settings.leastOverlap ? .moved : nil
    }

    private func isSamePerson(_ frame: LivenessFrame, as frontal: LivenessFrame) throws(FaceprintError) -> Bool {
        try euclideanDistance(frame.embedding, frontal.embedding) <= settings.identityThreshold
    }

    private mutating func turned(_ turn: HeadTurn, to side: LivenessChallenge.Turn) {
        if turn.parallax * -side.sign >= settings.turnParallax {
            return end(.failed(.wrongTurn))
        }
        let isTurned =
            turn.parallax * side.sign >= settings.turnParallax && turn.depth >= settings.depth
            && abs(turn.roll) <= settings.largestRoll
        held = isTurned ? held + 1 : 0
        if held >= settings.heldFrames { advance() }
    }

    private mutating func lookedBack(_ turn: HeadTurn) {
        guard case .turn(let side) = steps[done - 1] else { return }
        if turn.parallax * -side.sign >= settings.turnParallax {
            end(.failed(.wrongTurn))
        } else if abs(turn.parallax) <= settings.backParallax {
            advance()
        }
    }

    private mutating func advance() {
        done += 1
        held = 0
        if done < steps.count {
            state = .waiting(steps[done])
        } else if let frontal {
            end(.passed(frontal: frontal))
        }
    }

    private mutating func end(_ state: State) {
        self.state = state
        last = nil
    }
}

extension LivenessChallenge.Turn {
    /// Of the parallax. A camera that doesn't mirror sees the person's left at the photo's right.
    fileprivate var sign: Float { self == .left ? 1 : -1 }
}
