import Faceprint
import FaceprintFiles
import FaceprintInference
import Glibc

/// Asks a server that runs on this machine for the faces of photos, so that a command needs no networks of its own.
///
/// Whatever a server does, or doesn't do, a question has an answer in time: the faces, or that the command has to find
/// them itself.
public struct ResidentClient: Sendable {
    private let path: String
    private let terms: ResidentTerms
    private let patience: Duration
    /// More is no answer.
    private static let answerLimit = 1 << 24

    /// - Parameters:
    ///   - path: Of the server's socket.
    ///   - patience: How long a photo may take.
    public init(socket path: String, _ terms: ResidentTerms, patience: Duration = .seconds(5)) {
        self.path = path
        self.terms = terms
        self.patience = patience
    }

    /// The encoded faces of a photo's file, or why it hasn't the face that is asked for.
    ///
    /// - Returns: nil where no server answers that works by the same terms, and for a file that is no photo.
    public func faces(
        ofFileAt file: String, _ selection: FaceSelection
    ) -> Result<[EncodedFace], FaceSelectionError>? {
        // Without a server the file isn't read.
        guard let connection = LocalConnection(to: path, until: .now + patience), connection.isTrusted,
            let name = ResidentRecognition.selections.first(where: { $0.value == selection })?.key,
            let bytes = try? File.read(file, limit: terms.limits.bytes)
        else { return nil }
        let head = """
            POST \(ResidentRecognition.path) HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            \(ResidentRecognition.termsHeader): \(terms.digest)\r
            \(ResidentRecognition.selectionHeader): \(name)\r
            Content-Length: \(bytes.count)\r
            \r\n
            """
        guard connection.send(Array(head.utf8)), connection.send(bytes),
            let answer = connection.receiveAll(limit: Self.answerLimit),
            answer.starts(with: Array("HTTP/1.1 200 ".utf8)),
            let end = answer.firstRange(of: Array("\r\n\r\n".utf8))
        else { return nil }
        return ResidentAnswer.outcome(of: answer[end.upperBound...], space: terms.space)
    }
}
