import FaceprintFiles
import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

@Suite("Keras writing")
struct KerasWritingTests {
    @Test(arguments: [UInt64(1), 2]) func `What is written reads back as the same network`(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let tiny = folder.path("tiny.h5")
        try KerasFile.tiny(seed: seed).write(to: tiny)
        for network in [try Network(kerasFile: tiny), try Self.everyOperation(seed: seed)] {
            let path = folder.path("written.h5")
            try network.write(kerasFile: path)
            #expect(try Network(kerasFile: path) == network)
        }
    }

    @Test(.needsFaceNetWeights) func `FaceNet reads back as the same network`() throws {
        let folder = try TemporaryFolder()
        let network = try Network(kerasFile: try #require(FaceNetWeights.kerasFile))
        try network.write(kerasFile: folder.path("facenet.h5"))
        #expect(try Network(kerasFile: folder.path("facenet.h5")) == network)
    }

    @Test func `The same network gives the same file`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("written.h5")
        let network = try Self.everyOperation(seed: 1)
        try network.write(kerasFile: path)
        let first = try Data(contentsOf: URL(fileURLWithPath: path))
        try network.write(kerasFile: path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
    }

    /// Keras 3 loads the file without being told anything, computes the same, and writes a file that is read back.
    @Test(.needs(.tensorFlow)) func `Keras reads the file, and what Keras writes is read`() throws {
        let folder = try TemporaryFolder()
        let network = try Self.everyOperation(seed: 5)
        let path = folder.path("written.h5")
        try network.write(kerasFile: path)
        var random = SeededRandom(seed: 9)
        let input = random.vector(12 * 12 * 3)
        try input.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: folder.path("input.f32")))
        let script = """
            import json, sys, numpy, keras
            model = keras.models.load_model(sys.argv[1], compile=False)
            pixels = numpy.fromfile(sys.argv[2], numpy.float32).reshape((1,) + model.input_shape[1:])
            model.save(sys.argv[3])
            print(json.dumps(model.predict(pixels, verbose=0)[0].tolist()))
            """
        let again = folder.path("again.h5")
        let output = try PythonEnvironment.tensorFlow.run(script, [path, folder.path("input.f32"), again])
        let found = try JSONDecoder().decode([Double].self, from: output)
        let expected = ReferenceNetwork(network: network).output(for: input)
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-5 * max(abs(b), 1)) }
        // In an order of Keras' own.
        #expect(Set(try Network(kerasFile: again).layers) == Set(network.layers))
    }

    @Test func `A place that can't be written to is named, and no part of a file stays`() throws {
        let folder = try TemporaryFolder()
        let network = try Self.everyOperation(seed: 1)
        #expect {
            try network.write(kerasFile: folder.path("missing/network.h5"))
        } throws: { error in
            guard case ModelError.file(.unwritable) = error else { return false }
            return "\(error)".contains("missing/network.h5")
        }
        try FileManager.default.createDirectory(atPath: folder.path("taken"), withIntermediateDirectories: false)
        #expect(throws: ModelError.file(.isFolder(path: folder.path("taken")))) {
            try network.write(kerasFile: folder.path("taken"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")) == ["taken"])
    }

    @Test func `A disk that is full ends the writing, not the process`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("written.h5")
        guard mount("tmpfs", folder.url.path, "tmpfs", 0, "size=64k") == 0 else {
            print("skipped: this process may not mount a file system, so a full disk is not tested")
            return
        }
        defer { umount2(folder.url.path, CInt(MNT_DETACH)) }
        let network = try Network.smallFaceNetwork(seed: 1)
        #expect(throws: ModelError.file(.unwritable(path: path, reason: "No space left on device"))) {
            try network.write(kerasFile: path)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }

    /// A network with each operation that a file can hold.
    static func everyOperation(seed: UInt64) throws -> Network {
        var builder = NetworkBuilder(name: "every", input: [12, 12, 3], seed: seed)
        var x = try builder.unit(builder.input, filters: 4, size: 3, stride: 2)
        x = try builder.residual(x, scale: 0.17) { builder, x throws(ModelError) in
            let inner = try builder.unit(x, filters: 4, window: Window(height: 1, width: 3, padding: .same))
            return try builder.convolution(inner, filters: 4, size: 1, hasBias: true)
        }
        let largest = try builder.maxPooling(x, size: 3, stride: 2)
        let mean = try builder.averagePooling(x, size: 3, stride: 2)
        x = try builder.scaledSum(largest, mean)
        let convolved = try builder.convolution(x, filters: 3, window: Window(height: 2, width: 2, padding: .same))
        x = try builder.concatenation([x, convolved])
        x = try builder.dropout(try builder.globalAveragePooling(x), rate: 0.25)
        x = try builder.dense(x, units: 5, hasBias: true)
        return try builder.network(output: try builder.batchNormalization(x, hasScale: false))
    }
}
