import Foundation
import TestSupport
import Testing

/// The API does what its own document says, by schemathesis.
@Suite(.needs(.schemathesis)) struct OpenAPITests {
    @Test func theServerDoesWhatItsDocumentSays() throws {
        let setup = try TinySetup()
        let server = try ServerProcess(setup.tool, "--model", "tiny")
        let script = SharedData.packageFolder.appending(path: "Tests/Tours/openapi.sh").path
        let python = try #require(PythonEnvironment.schemathesis.executable).path
        let run = try setup.tool.run(
            URL(fileURLWithPath: "/bin/bash"), [script, python, server.address, server.key])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(server.stop() == 0)
        #expect(!server.errors.contains(" error "), "\(server.errors)")
    }
}
