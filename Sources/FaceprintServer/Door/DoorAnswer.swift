/// What the door says to whoever stands in front of it.
struct DoorAnswer: Encodable {
    enum State: String, Encodable {
        /// The door opens.
        case admitted
        /// It stays shut. Whom somebody is nearest to is not said.
        case refused
        /// Nobody is there; nothing was decided.
        case nobody = "no_face"
        /// Somebody is there and can't be made out; nothing was decided.
        case tryAgain = "try_again"
        /// Somebody is welcome, but the door did not open, or it could not be recorded.
        case failed
        /// A challenge goes on.
        case goesOn = "continue"
    }

    let state: State
    let message: String
    var name: String?

    static func welcome(_ name: String) -> DoorAnswer {
        DoorAnswer(state: .admitted, message: "Welcome in, \(name)", name: name)
    }

    static let goAway = DoorAnswer(state: .refused, message: "Please go away")
    static let nobody = DoorAnswer(state: .nobody, message: "Look into the camera")
    static let tooFar = DoorAnswer(state: .tryAgain, message: "Come a little nearer")
    static let failed = DoorAnswer(
        state: .failed, message: "The door can't be opened now. Please ask somebody for help")

    static let schema = Schema.object(
        [
            "state": Schema.choice(["admitted", "refused", "no_face", "try_again", "failed"]), "message": Schema.text,
        ], sometimes: ["name": Schema.text])
}
