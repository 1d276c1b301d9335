import Faceprint
import FaceprintImaging
import Foundation
import TestSupport
import Testing

@testable import FaceprintServer

/// The server at a Unix domain socket, and what asks it.
@Suite struct ResidentServerTests {
    // MARK: Answers

    @Test func theFacesAreThoseThatTheRecognizerFinds() throws {
        for setup in [try ResidentSetup(), try ResidentSetup(faces: 2)] {
            let server = try setup.server()
            for selection in [FaceSelection.every, .largest, .central] {
                let path = try setup.photo(1)
                let expected = try setup.recognizer.faces(of: Image(contentsOf: path), selection)
                #expect(setup.client().faces(ofFileAt: path, selection) == .success(expected))
            }
            server.stop()
        }
    }

    @Test func aPhotoWithoutTheFaceThatIsAskedForHasItsError() throws {
        let empty = try ResidentSetup(faces: 0)
        let first = try empty.server()
        #expect(empty.client().faces(ofFileAt: try empty.photo(1), .largest) == .failure(.noFace))
        #expect(empty.client().faces(ofFileAt: try empty.photo(1), .every) == .success([]))
        first.stop()
        let crowded = try ResidentSetup(faces: 3)
        let second = try crowded.server()
        #expect(crowded.client().faces(ofFileAt: try crowded.photo(1), .only) == .failure(.severalFaces(count: 3)))
        second.stop()
    }

    @Test func whatIsNoPhotoHasNoAnswer() throws {
        let setup = try ResidentSetup()
        let server = try setup.server()
        let text = setup.folder.path("text.jpg")
        try "no photo".write(toFile: text, atomically: true, encoding: .utf8)
        #expect(setup.client().faces(ofFileAt: text, .largest) == nil)
        #expect(setup.client().faces(ofFileAt: setup.folder.path("missing.jpg"), .largest) == nil)
        // It goes on.
        #expect(setup.client().faces(ofFileAt: try setup.photo(1), .largest) != nil)
        server.stop()
        #expect(setup.client().faces(ofFileAt: try setup.photo(1), .largest) == nil)
    }

    @Test func aBodyAboveTheLimitHasNoAnswer() throws {
        let setup = try ResidentSetup()
        var options = ListenerOptions()
        options.bodyLimit = 1_000
        let server = try ResidentServer(setup.recognition, socket: setup.socket, options)
        #expect(setup.client().faces(ofFileAt: try setup.photo(1), .largest) == nil)
        server.stop()
    }

    @Test func otherTermsHaveNoAnswer() throws {
        let setup = try ResidentSetup()
        let server = try setup.server()
        let photo = try setup.photo(1)
        let changes: [(inout ResidentTerms) -> Void] = [
            { $0.version = "another" }, { $0.detector = "another" }, { $0.device = "GPU" },
            { $0.precision = "automatic" }, { $0.limits.pixels += 1 }, { $0.limits.convertsColours.toggle() },
            { $0.space = EmbeddingSpace(model: "tiny", modelSHA256: "another", profile: $0.space.profile) },
            { $0.space = EmbeddingSpace(model: "tiny", modelSHA256: $0.space.modelSHA256, profile: "another") },
        ]
        for change in changes {
            var terms = setup.terms
            change(&terms)
            #expect(setup.client(terms).faces(ofFileAt: photo, .largest) == nil)
            // A server that was told of them gives it.
            server.reload(ResidentRecognition(terms) { setup.recognizer })
            #expect(setup.client(terms).faces(ofFileAt: photo, .largest) != nil)
            server.reload(setup.recognition)
        }
        server.stop()
    }

    @Test func nothingElseIsServedThere() throws {
        let recognition = try ResidentSetup().recognition
        let others = Application.routes.map { $0.pattern.text.filter { !"{}".contains($0) } }
        for path in others + ["/", "/faces/1"] {
            let request = try Request("POST", path, user: geteuid())
            #expect(recognition.respond(to: request).status == 404, "\(path)")
        }
        #expect(recognition.respond(to: try Request("GET", "/faces", user: geteuid())).status == 405)
        #expect(recognition.respond(to: try Request("POST", "/faces", user: geteuid())).status == 409)
    }

    @Test func nobodyElseIsAnswered() throws {
        let setup = try ResidentSetup()
        let photo = try Array(Data(contentsOf: URL(fileURLWithPath: setup.photo(1))))
        func status(_ user: UInt32?) throws -> Int {
            let request = try Request(
                "POST", "/faces",
                headers: ["faceprint-terms": setup.terms.digest, "faceprint-selection": "largest"],
                body: .bytes(photo), user: user)
            return setup.recognition.respond(to: request).status
        }
        #expect(try status(geteuid()) == 200)
        #expect(try status(0) == 200)
        #expect(try status(geteuid() + 1) == 403)
        // Whoever comes over the network.
        #expect(try status(nil) == 403)
    }

    @Test func theNetworkHasNoSuchAddress() throws {
        let app = try TestApplication()
        #expect(try app("POST", "/faces", photo: testPhoto(1)).status == 404)
    }

    // MARK: The socket

    @Test func theSocketIsItsOwnersAndGoesWithTheServer() throws {
        let setup = try ResidentSetup()
        let server = try setup.server()
        var information = stat()
        #expect(lstat(setup.socket, &information) == 0)
        #expect(information.st_mode & 0o777 == 0o600)
        #expect(information.st_mode & S_IFMT == S_IFSOCK)
        server.stop()
        #expect(lstat(setup.socket, &information) == -1)
    }

    @Test func aDeadServersSocketIsReplaced() throws {
        let setup = try ResidentSetup()
        close(try LocalSocket.listen(at: setup.socket))
        let server = try setup.server()
        #expect(setup.client().faces(ofFileAt: try setup.photo(1), .largest) != nil)
        server.stop()
    }

    @Test func aLiveServersSocketAndOtherFilesStay() throws {
        let setup = try ResidentSetup()
        let server = try setup.server()
        #expect(throws: ServerError.noSocket(path: setup.socket, reason: "another server listens there")) {
            try setup.server()
        }
        #expect(setup.client().faces(ofFileAt: try setup.photo(1), .largest) != nil)
        server.stop()
        try "a file".write(toFile: setup.socket, atomically: true, encoding: .utf8)
        #expect(throws: ServerError.noSocket(path: setup.socket, reason: "another file is there")) {
            try setup.server()
        }
        #expect(try String(contentsOfFile: setup.socket, encoding: .utf8) == "a file")
    }

    @Test func aPathThatIsTooLongIsSaid() throws {
        let setup = try ResidentSetup()
        let path = setup.folder.path(String(repeating: "x", count: 108))
        #expect(throws: ServerError.noSocket(path: path, reason: "File name too long")) {
            try ResidentServer(setup.recognition, socket: path, ListenerOptions())
        }
        let client = ResidentClient(socket: path, setup.terms)
        #expect(client.faces(ofFileAt: try setup.photo(1), .largest) == nil)
    }

    // MARK: Hostile servers

    @Test(arguments: [
        LocalServer.Behaviour.closes, .says([]), .says(Array("SSH-2.0-OpenSSH".utf8)),
        .says(Array("HTTP/1.1 200 OK\r\n\r\n".utf8)), .says(Array("HTTP/1.1 200 OK\r\n\r\nPFP1 and more".utf8)),
        .says(Array("HTTP/1.1 500 Error\r\n\r\n".utf8)), .says([UInt8](repeating: 0, count: 1 << 20)),
    ])
    func nonsenseIsNoAnswer(behaviour: LocalServer.Behaviour) throws {
        let setup = try ResidentSetup()
        let server = try LocalServer(at: setup.socket, behaviour)
        #expect(setup.client().faces(ofFileAt: try setup.photo(1), .largest) == nil)
        withExtendedLifetime(server) {}
    }

    @Test func aServerThatHangsIsWaitedForNoLongerThanAllowed() throws {
        let setup = try ResidentSetup()
        let server = try LocalServer(at: setup.socket, .hangs)
        let client = ResidentClient(socket: setup.socket, setup.terms, patience: .milliseconds(20))
        #expect(client.faces(ofFileAt: try setup.photo(1), .largest) == nil)
        withExtendedLifetime(server) {}
    }
}
