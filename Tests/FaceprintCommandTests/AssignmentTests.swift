import FaceprintFiles
import Foundation
import TestSupport
import Testing

/// The assignment from the command line, with FaceNet and its photos.
@Suite(.needsFaceNet, .needsSharedData, .serialized) struct AssignmentTests {
    private let tool = try! CommandLineTool(home: DataFolder().path)
    private let seed = try! Seed()

    private func photo(_ name: String) -> String { SharedData.url("seed/images/\(name)").path }

    /// The twelve people, as the assignment has them: one photo each, named by its file.
    private func enroll() throws {
        let folder = tool.folder.path("people")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in seed.people {
            try FileManager.default.copyItem(atPath: photo(name), toPath: folder + "/" + name)
        }
        let run = try tool(
            "enroll", "--folder", folder, "--gallery", tool.gallery, "--profile", "assignment", "--precision", "f32")
        #expect(run.status == 0)
        #expect(run.output.hasSuffix("12 people, 12 photos; 0 refused\n"))
    }

    @Test func theAssignment() throws {
        try enroll()
        for expected in seed.verifications {
            let run = try tool(
                "verify", photo(expected.photo), "--as", expected.identity, "--gallery", tool.gallery,
                "--precision", "f32")
            let lines = run.output.split(separator: "\n")
            #expect(
                lines.first
                    == (expected.doorOpen
                        ? "It's \(expected.identity), welcome in!"
                        : "It's not \(expected.identity), please go away"))
            #expect(run.status == (expected.doorOpen ? 0 : 1))
            let distance = try #require(lines.last?.split(whereSeparator: { $0 == " " || $0 == "," }).dropFirst().first)
            #expect(abs(try #require(Float(distance)) - expected.libjpegTurbo) < 0.0006)
        }
        let run = try tool(
            ["identify", "--gallery", tool.gallery, "--precision", "f32"]
                + seed.identifications.map { photo($0.photo) })
        #expect(run.status == 0)
        for (line, expected) in zip(run.output.split(separator: "\n"), seed.identifications) {
            let prefix = "\(photo(expected.photo)): It's \(expected.nearest), the distance is "
            #expect(line.hasPrefix(prefix))
            #expect(abs(try #require(Float(line.dropFirst(prefix.count))) - expected.distance) < 0.0006)
        }
    }

    @Test func embeddingsForNumPyAreTheReference() throws {
        let file = tool.folder.path("embeddings.npy")
        let run = try tool(
            ["encode", "--output", file, "--profile", "assignment", "--precision", "f32"] + seed.names.map(photo))
        #expect(run.output == "\(file): 18 × 128 numbers\n")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        #expect(bytes.count == 128 + 18 * 128 * 4)
        #expect(bytes.prefix(8) == Data([0x93] + Array("NUMPY".utf8) + [1, 0]))
        #expect(String(decoding: bytes[10..<128], as: UTF8.self).contains("'shape': (18, 128)"))
        let values = bytes.dropFirst(128).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        for (i, output) in seed.outputs.enumerated() {
            let length = output.reduce(0) { $0 + $1 * $1 }.squareRoot()
            for j in 0..<128 { #expect(abs(values[i * 128 + j] - output[j] / length) < 1e-4) }
        }
    }

    @Test func pixelsAreNoMeasureOfAPerson() throws {
        // The baseline puts another person about as near as the same one; embeddings tell them apart.
        let same = try tool("compare", "--method", "pixels", photo("camera_0.jpg"), photo("younes.jpg"))
        let other = try tool("compare", "--method", "pixels", photo("camera_0.jpg"), photo("kian.jpg"))
        #expect(same.output.hasPrefix("distance 0.2") && other.output.hasPrefix("distance 0.2"))
        let byEmbedding = try tool("compare", photo("camera_0.jpg"), photo("younes.jpg"), "--profile", "assignment")
        #expect(byEmbedding.status == 0)
        let stranger = try tool("compare", photo("camera_0.jpg"), photo("kian.jpg"), "--profile", "assignment")
        #expect(stranger.status == 1)
    }

    @Test func fetchingAgainDownloadsNothing() throws {
        let run = try tool("model", "fetch")
        #expect(run.status == 0)
        #expect(run.output.hasSuffix("all was here and whole; nothing was downloaded\n"))
    }

    @Test func theModelIsShownAsTheAssignmentPrintsIt() throws {
        let output = try tool("model", "show", "facenet").output
        #expect(output.contains("(None, 160, 160, 3)"))
        #expect(output.contains("(None, 128)"))
        #expect(output.contains("parameters  22808144\n"))
        #expect(output.contains("layers      426\n"))
    }
}
