import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

@Suite("Damaged Keras files")
struct KerasDamageTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("damaged.h5")
    }

    @Test func `What is no file at all is told apart`() throws {
        let (missing, directory) = (folder.path("none.h5"), folder.url.path)
        #expect(throws: ModelError.file(.missing(path: missing))) { try Network(kerasFile: missing) }
        #expect(throws: ModelError.file(.isFolder(path: directory))) { try Network(kerasFile: directory) }
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(throws: ModelError.file(.empty(path: path))) { try Network(kerasFile: path) }
        try Data("not a model\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ModelError.notHDF5(path: path, reason: "HDF5 can't open it")) { try Network(kerasFile: path) }
    }

    @Test(.timeLimit(.minutes(1))) func `A named pipe is refused, not waited for`() throws {
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: ModelError.file(.unreadable(path: path, reason: "it is not a regular file"))) {
            try Network(kerasFile: path)
        }
    }

    @Test func `An HDF5 file of something else holds no Keras weights`() throws {
        try HDF5.exclusively { _ = try HDF5Writer.createFile(path) }
        #expect(throws: ModelError.notKeras(path: path, reason: "it has no list “layer_names”")) {
            try Network(kerasFile: path)
        }
    }

    @Test func `A file cut short anywhere is refused`() throws {
        let bytes = try tiny()
        for length in stride(from: 1, to: bytes.count, by: 211) {
            try Data(bytes.prefix(length)).write(to: URL(fileURLWithPath: path))
            #expect(throws: ModelError.self, "\(length) bytes") { try Network(kerasFile: path) }
        }
    }

    @Test func `A weight of which less is stored than its shape says is refused`() throws {
        // HDF5 itself would read on beyond the 8 bytes that it has allocated.
        var file = KerasFile.tiny()
        file.change("conv", "bias") { $0.isCompact = true }
        try file.write(to: path)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        // A layout message of version 3: class 0 is compact, then the size and the values.
        let values = file.weights["conv"]![1].values.withUnsafeBytes { Data($0) }
        let message = try #require(bytes.range(of: Data([3, 0, 16, 0]) + values))
        #expect(try Network(kerasFile: path).layers[1].parameters["bias"]?.values == file.weights["conv"]![1].values)
        bytes[message.lowerBound + 2] = 8
        try bytes.write(to: URL(fileURLWithPath: path))
        let reason = "its values are compressed or not stored whole"
        #expect(throws: ModelError.damagedWeight(layer: "conv", weight: "bias", reason: reason)) {
            try Network(kerasFile: path)
        }
    }

    @Test func `No flipped bits crash the reader`() throws {
        let bytes = try tiny()
        let whole = try Network(kerasFile: path)
        var random = SeededRandom(seed: 5)
        var refused = 0
        for _ in 0..<400 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                changed[Int.random(in: changed.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
            try Data(changed).write(to: URL(fileURLWithPath: path))
            do throws(ModelError) {
                // Bits of a weight, or of what isn't read, leave a network of the same form.
                let network = try Network(kerasFile: path)
                #expect(network.layers.count == whole.layers.count)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    private func tiny() throws -> [UInt8] {
        try KerasFile.tiny().write(to: path)
        return try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
