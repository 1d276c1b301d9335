import FaceprintGallery
import Foundation
import TestSupport
import Testing

@testable import FaceprintServer

/// Clients that mean no good, over real sockets.
@Suite struct HostileClientTests {
    private let app: TestApplication
    private let server: Server
    private let port: UInt16

    init() throws {
        var settings = ServerSettings()
        settings.rateLimit = 0
        app = try TestApplication(settings)
        var options = ListenerOptions()
        options.port = 0
        options.seconds = 1
        options.connectionLimitPerAddress = 64
        options.bodyLimit = 100_000
        options.bodiesLimit = 1_000_000
        server = try Server(app.application, options)
        port = try #require(UInt16(server.address.split(separator: ":").last ?? ""))
    }

    private func expectAnswers() throws {
        let connection = try RawConnection(port: port)
        connection.send("GET /healthz HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n")
        #expect(try connection.answers().map(\.status) == [200])
    }

    private func head(_ line: String, _ headers: String...) -> String {
        ([line + " HTTP/1.1", "Host: door", "Connection: close", "x-api-key: \(app.key)"] + headers).joined(
            separator: "\r\n") + "\r\n\r\n"
    }

    /// What a request is answered with, on a connection of its own.
    ///
    /// - Parameter isWhole: Whether the client waits for an answer, rather than to end in the middle of its request.
    private func ask(_ bytes: some Collection<UInt8>, isWhole: Bool = true) throws -> [RawAnswer] {
        let connection = try RawConnection(port: port)
        connection.send(bytes)
        if !isWhole { connection.endSending() }
        return try connection.answers()
    }

    private func ask(_ text: String, isWhole: Bool = true) throws -> [RawAnswer] {
        try ask(Array(text.utf8), isWhole: isWhole)
    }

    // MARK: - Slowness

    /// A byte now and then, for ever: each connection is ended after the time for a request, and others are answered
    /// meanwhile.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "GET /healthz HTTP/1.1\r\nX-Slow: ",
            "POST /api/v1/session HTTP/1.1\r\nHost: door\r\nContent-Length: 90000\r\n\r\n",
            "POST /api/v1/session HTTP/1.1\r\nHost: door\r\nTransfer-Encoding: chunked\r\n\r\n8000\r\n",
        ])
    func connectionsThatDribbleAreEnded(beginning: String) throws {
        let connections = try (0..<48).map { _ in
            let connection = try RawConnection(port: port)
            connection.wait(seconds: 0.001)
            connection.send(beginning)
            return connection
        }
        var left = connections
        while !left.isEmpty {
            left = left.filter { connection in
                connection.send("a")
                return connection.receive() != []
            }
            try expectAnswers()
        }
    }

    @Test(.timeLimit(.minutes(1))) func connectionsThatSayNothingAreEnded() throws {
        let connections = try (0..<48).map { _ in try RawConnection(port: port) }
        for connection in connections { #expect(try connection.answers().isEmpty) }
        try expectAnswers()
    }

    @Test(.timeLimit(.minutes(1))) func oneAddressHasOnlySoManyConnections() throws {
        let connections = try (0..<100).map { _ in try RawConnection(port: port) }
        for connection in connections { #expect(try connection.answers().isEmpty) }
        // The server counts a connection until it has seen its end, which may be after its client has.
        var answers: [RawAnswer] = []
        while answers.isEmpty { answers = try ask("GET /healthz HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n") }
        #expect(answers.map(\.status) == [200])
    }

    // MARK: - Bodies

    @Test func aBodyThatIsAnnouncedTooLargeIsRefusedUnread() throws {
        let answers = try ask(head("POST /api/v1/recognition/recognize", "Content-Length: 100001"))
        #expect(answers.map(\.status) == [413])
        #expect(answers.first?.json["code"] as? Int == 54)
    }

    @Test(arguments: ["multipart/form-data; boundary=b7", "application/json"])
    func aBodyOfUnknownLengthIsCutOffWhereItIsTooLarge(type: String) throws {
        var request = Array(
            head("POST /api/v1/recognition/recognize", "Content-Type: \(type)", "Transfer-Encoding: chunked").utf8)
        let chunk = Array("4000\r\n".utf8) + [UInt8](repeating: 65, count: 0x4000) + Array("\r\n".utf8)
        if type.hasPrefix("multipart") {
            let part = "--b7\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"
            request += Array("\(String(part.utf8.count, radix: 16))\r\n\(part)\r\n".utf8)
        }
        for _ in 0..<10 { request += chunk }
        let answers = try ask(request + Array("0\r\n\r\n".utf8))
        #expect(answers.map(\.status) == [413])
        try expectAnswers()
    }

    @Test func aBodyThatIsCutShortIsNotAnswered() throws {
        for request in [
            head("POST /api/v1/session", "Content-Length: 50") + "{\"key\":", "GET /healthz HT",
            head("POST /api/v1/session", "Transfer-Encoding: chunked") + "50\r\nabc",
            head("POST /api/v1/session", "Transfer-Encoding: chunked") + "3\r\nabc\r\n",
        ] {
            #expect(try ask(request, isWhole: false).isEmpty)
        }
        try expectAnswers()
    }

    @Test(arguments: [
        "--b7\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc",
        "--b7\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc\r\n--b7",
        "--c\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc\r\n--c--\r\n",
        "--b7\r\n\r\nabc\r\n--b7--\r\n", "--b7--\r\n", "", "\r\n\r\n\r\n",
        String(repeating: "--b7\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\na\r\n", count: 100) + "--b7--\r\n",
    ])
    func aMalformedFormIsRefused(body: String) throws {
        let answers = try ask(
            head(
                "POST /api/v1/recognition/recognize", "Content-Type: multipart/form-data; boundary=b7",
                "Content-Length: \(body.utf8.count)") + body)
        #expect(answers.map(\.status) == [400])
        #expect((answers.first?.json["message"] as? String)?.isEmpty == false)
    }

    @Test(arguments: ["", "; boundary=", "; boundary=\"", "; boundary=" + String(repeating: "b", count: 9000)])
    func aFormWithoutAUsableBoundaryIsRefused(parameter: String) throws {
        let answers = try ask(
            head(
                "POST /api/v1/recognition/recognize", "Content-Type: multipart/form-data\(parameter)",
                "Content-Length: 3") + "abc")
        #expect(answers.map(\.status) == [400])
    }

    @Test func deeplyNestedJSONIsRefused() throws {
        for text in [String(repeating: "[", count: 90_000), String(repeating: "{\"a\":", count: 15_000)] {
            let answers = try ask(
                head(
                    "POST /api/v1/recognition/faces/delete", "Content-Type: application/json",
                    "Content-Length: \(text.utf8.count)") + text)
            #expect(answers.map(\.status) == [400])
        }
    }

    @Test func onlySoMuchOfAllBodiesIsInMemoryAtOnce() throws {
        let body = [UInt8](repeating: 65, count: 99_999)
        // All but the last byte of 30 bodies: 3 MB, of which a third has room.
        let connections = try (0..<30).map { _ in
            let connection = try RawConnection(port: port)
            connection.send(
                head("POST /api/v1/session", "Content-Type: application/json", "Content-Length: 100000"))
            connection.send(body)
            return connection
        }
        let statuses = try connections.flatMap { connection in
            connection.send("A")
            return try connection.answers().map(\.status)
        }
        #expect(statuses.contains(503))
        #expect(Set(statuses).isSubset(of: [400, 503]))
        // The room is given back.
        #expect(
            try ask(head("POST /api/v1/session", "Content-Type: application/json", "Content-Length: 2") + "{}")
                .map(\.status) == [400])
    }

    // MARK: - Heads

    @Test(arguments: [
        "/../../etc/passwd", "/assets/../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/%252e%252e%252fetc%252fpasswd", "/api/v1/static/../../..",
        "//etc/passwd", "/assets/", "/.", "/%00", "/api/v1/recognition/faces/..%5c..%5cgallery.sqlite/img",
    ])
    func noPathLeadsOut(path: String) throws {
        let answers = try ask(head("GET \(path)"))
        #expect(answers.count == 1)
        #expect([400, 404].contains(answers.first?.status))
    }

    @Test(arguments: [
        "/api/v1/recognition/subjects/%FF%FE", "/api/v1/recognition/faces?subject=%C3%28",
        "/api/v1/recognition/faces?subject=%", "/api/v1/recognition/faces?%zz=1", "/\u{FF}", "/%",
        "/api/v1/recognition/faces?subject=%ED%A0%80", "/api/v1/recognition/faces?subject=%C0%AF",
    ])
    func textThatIsNoUTF8IsRefused(target: String) throws {
        #expect(try ask(head("GET \(target)")).map(\.status) == [400])
    }

    @Test func bytesThatAreNoUTF8AreRefused() throws {
        let raw = Array("GET /api/v1/recognition/subjects/".utf8) + [0xFF, 0xC0, 0x80] + Array(" HTTP/1.1\r\n".utf8)
        let answers = try ask(raw + Array("Host: door\r\nConnection: close\r\n\r\n".utf8))
        #expect(answers.map(\.status) == [400])
        var body = Array("{\"subject\":\"".utf8) + [0xFF, 0xC3] + Array("\"}".utf8)
        body =
            Array(
                head(
                    "POST /api/v1/recognition/subjects", "Content-Type: application/json",
                    "Content-Length: \(body.count)"
                ).utf8) + body
        #expect(try ask(body).map(\.status) == [400])
        #expect(try app.gallery.people().isEmpty)
    }

    @Test func headsThatAreTooLargeOrNoHTTPAreRefused() throws {
        let requests = [
            head("GET /healthz", "X-Large: " + String(repeating: "a", count: 100_000)),
            head("GET /" + String(repeating: "a", count: 100_000)),
            head("GET /healthz", (0..<3000).map { "X-\($0): a" }.joined(separator: "\r\n")),
            "\r\n\r\n\r\n\r\nnothing like it\r\n\r\n", "GET /healthz HTTP/9.9\r\n\r\n", "GET\r\n\r\n",
            head("POST /api/v1/session", "Content-Length: -1"), head("POST /api/v1/session", "Content-Length: a"),
            head("POST /api/v1/session", "Content-Length: 99999999999999999999999"),
        ]
        for request in requests {
            let statuses = try ask(request).map(\.status)
            #expect(statuses.allSatisfy { (400...599).contains($0) && $0 != 500 }, "\(request.prefix(60)): \(statuses)")
        }
        try expectAnswers()
    }

    // MARK: - Keys

    @Test func wrongKeysAreSoonToldToWait() throws {
        let id = app.key.split(separator: "_")[1]
        let wrong = "fp_\(id)_" + String(repeating: "A", count: 43)
        let statuses = try (0..<14).map { _ in
            try #require(
                try ask("GET /api/v1/status HTTP/1.1\r\nHost: door\r\nConnection: close\r\nx-api-key: \(wrong)\r\n\r\n")
                    .first
            ).status
        }
        #expect(statuses.prefix(10).allSatisfy { $0 == 401 })
        #expect(statuses.suffix(2) == [429, 429])
    }
}
