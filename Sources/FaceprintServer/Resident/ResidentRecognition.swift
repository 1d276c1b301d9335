import Faceprint
import FaceprintImaging
import FaceprintInference
import Glibc
import Synchronization

/// What a resident server does for the command line: finds and encodes the faces of single photos.
///
/// Galleries, thresholds and decisions stay with the command. One photo at a time goes through the networks, on all
/// cores, so that commands hold up a door no more than one other visitor does.
public final class ResidentRecognition: Sendable {
    private let terms: ResidentTerms
    private let digest: String
    private let load: @Sendable () throws -> Recognizer
    /// nil until somebody asks.
    private let recognizer = Mutex<Recognizer?>(nil)

    /// - Parameters:
    ///   - load: Gives the recognizer that answers; called once, at the first request.
    public init(_ terms: ResidentTerms, load: @escaping @Sendable () throws -> Recognizer) {
        self.terms = terms
        digest = terms.digest
        self.load = load
    }

    static let path = "/faces"
    static let termsHeader = "faceprint-terms"
    static let selectionHeader = "faceprint-selection"
    static let selections: [String: FaceSelection] = [
        "every": .every, "largest": .largest, "central": .central, "only": .only,
    ]

    /// Answers `POST /faces` with a photo's bytes as its body, and nothing else.
    ///
    /// What can't be done is an error without details: the command finds out for itself then, and says it.
    func respond(to request: Request) -> Response {
        do {
            return .content(try answer(request), type: "application/octet-stream")
        } catch {
            return HTTPError(error).response
        }
    }

    private func answer(_ request: Request) throws -> [UInt8] {
        guard let user = request.user, user == geteuid() || user == 0 else {
            throw HTTPError(403, code: 52, "only the user whose server this is may ask it")
        }
        guard request.path == ["faces"] else { throw HTTPError.noSuchPage }
        guard request.method == "POST" else { throw HTTPError.wrongMethod(["POST"]) }
        guard request.headers[Self.termsHeader] == digest else {
            throw HTTPError.conflict("the server works with another model or other settings")
        }
        guard let selection = request.headers[Self.selectionHeader].flatMap({ Self.selections[$0] }),
            case .bytes(let bytes) = request.body
        else { throw HTTPError.badRequest("the request is malformed") }
        let photo = try Image(decoding: bytes, name: "photo", limits: terms.limits)
        let outcome = try recognizer.withLock { recognizer in
            let loaded = try recognizer ?? load()
            recognizer = loaded
            return try loaded.faces(of: [photo], selection)[0]
        }
        return ResidentAnswer.bytes(of: outcome)
    }
}
