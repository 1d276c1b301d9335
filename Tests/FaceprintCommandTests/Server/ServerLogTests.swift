import TestSupport
import Testing

/// What the server writes about what it was sent.
@Suite struct ServerLogTests {
    @Test(arguments: ["GET /healthz HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nHost: door\r\nContent-Length: -1\r\n\r\n"])
    func whatIsNoHTTPLeavesALine(request: String) throws {
        let setup = try TinySetup()
        let server = try ServerProcess(setup.tool, "--model", "tiny")
        let connection = try RawConnection(port: server.port)
        connection.send(request)
        #expect(try connection.answers().map(\.status) == [400])
        #expect(server.stop() == 0)
        #expect(server.errors.contains(" connection reason="), "\(server.errors)")
    }
}
