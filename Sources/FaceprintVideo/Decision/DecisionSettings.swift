/// When it is decided who somebody in a video is.
public struct DecisionSettings: Hashable, Sendable {
    /// Without that many good frames a track isn't decided when it ends: half a face behind somebody else is nobody.
    public var atLeast = 2
    /// After how many good frames somebody who is known is named.
    public var enough = 3
    /// After how many good frames somebody is taken for unknown.
    public var atMost = 8
    /// In seconds. The best frame of each such time is taken: those right after one another are too much alike to add
    /// anything.
    public var spacing = 0.15
    /// The lowest quality of a good frame, 0…100: see `FaceQuality`.
    public var minimumQuality: Float = 30

    public init() {}
}
