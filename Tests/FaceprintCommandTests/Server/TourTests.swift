import FaceprintFiles
import Foundation
import TestSupport
import Testing

/// Clients of other makers, each through all of the API, with the default model and the assignment's photos.
@Suite(.needsSharedData, .needsDetectors, .needsFaceNet) struct TourTests {
    private let tool = try! CommandLineTool(home: DataFolder().path)

    @Test(.needs(.compreFace)) func compreFacesOwnClient() throws {
        try tour(try #require(PythonEnvironment.compreFace.executable), [Self.script("compreface-tour.py")])
    }

    @Test(.needs(command: "curl")) func curl() throws {
        try tour(URL(fileURLWithPath: "/bin/bash"), [Self.script("curl-tour.sh")])
    }

    private func tour(_ program: URL, _ arguments: [String]) throws {
        let server = try ServerProcess(tool)
        let photos = SharedData.url("seed/images").path
        let run = try tool.run(program, arguments + [server.address, server.key, photos])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(server.stop() == 0)
        #expect(!server.errors.contains(" error "), "\(server.errors)")
    }

    private static func script(_ name: String) -> String {
        SharedData.packageFolder.appending(path: "Tests/Tours/\(name)").path
    }
}
