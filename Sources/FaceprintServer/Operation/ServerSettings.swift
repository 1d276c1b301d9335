import Faceprint
import FaceprintImaging
import FaceprintModels

/// How a server behaves, apart from where it listens.
public struct ServerSettings: Sendable {
    public enum Liveness: String, CaseIterable, Sendable {
        case off, required
    }

    /// What the door's page calls the door.
    public var doorName = "Door"
    /// Whom it lets in: people in this group; nil for everybody.
    public var doorGroup: String?
    /// What opens it; nil for nothing, where the answer is all that is wanted.
    public var doorHook: DoorHook?
    /// How long the hook may take.
    public var hookSeconds = 5.0
    public var liveness = Liveness.off
    /// Over how many of a person's nearest photos a distance is the mean.
    public var nearestTemplates = 1
    /// The thresholds of the model, or those set by hand; the gallery's own comes before that of identification.
    public var thresholds = Thresholds.uncalibrated
    public var photoLimits = PhotoLimits.standard
    /// Requests a second of one key and of one address; 0 for no limit.
    public var rateLimit = 200.0
    /// Whether browsers reach the server by HTTPS: then cookies go that way only.
    public var usesTLS = false
    /// How long a page stays logged in, in seconds.
    public var sessionSeconds = 30 * 86_400
    public var version = ""
    /// The detector's name, for clients that ask what computed a face.
    public var detector = "yunet"

    public init() {}
}
