import Faceprint
import FaceprintImaging
import FaceprintInference
import FaceprintModels
import Foundation
import TestSupport
import Testing

@Suite("Networks in int8") struct QuantizationTests {
    private let options = EncoderOptions(precision: .f32)
    private let folder: TemporaryFolder
    private let catalogue: ModelCatalogue

    init() throws {
        folder = try TemporaryFolder()
        catalogue = ModelCatalogue(folder: folder.path("models"))
    }

    /// A network of random weights, which is as hard to round as any.
    private func original() throws -> Model {
        try catalogue.add(
            try Network.smallFaceNetwork(seed: 7),
            options: ImportOptions(
                name: "small",
                preprocessing: PreprocessingProfile(
                    name: "whole", alignment: .wholePhoto, normalization: .standardized),
                source: "a test"))
    }

    private func pictures(_ numbers: Range<Int>, of model: Model) throws -> [Image] {
        try numbers.map { try testImage($0, side: model.manifest.input.width) }
    }

    @Test func `The embeddings are nearly the original's, and the manifest says how it was made`() throws {
        let original = try original()
        let int8 = try ModelQuantizer(original).quantize(
            on: pictures(0..<24, of: original), as: "small-int8", in: catalogue)
        let quantization = try #require(int8.manifest.quantization)
        #expect(try catalogue.model(named: "small-int8") == int8)
        #expect(quantization.original == "small")
        #expect(quantization.originalSHA256 == original.manifest.sha256)
        #expect(quantization.faces == 24)
        #expect((0.0001...0.1).contains(quantization.largestShift))

        let others = try pictures(100..<116, of: original)
        let space = original.space(profile: original.manifest.preprocessing)
        func embeddings(_ model: Model) throws -> [Embedding] {
            try NetworkEncoder(model, options: options).outputs(for: others).map {
                try Embedding(normalizing: $0, space: space)
            }
        }
        for (a, b) in zip(try embeddings(original), try embeddings(int8)) {
            #expect(try euclideanDistance(a, b) < 0.15)
        }
    }

    @Test(.needs(.test)) func `Another runtime gives the same numbers`() throws {
        let original = try original()
        let int8 = try ModelQuantizer(original).quantize(
            on: pictures(0..<8, of: original), as: "small-int8", in: catalogue)
        let picture = try pictures(50..<51, of: original)[0]
        let input = int8.manifest.input
        let pixels = UnsafeMutableBufferPointer<Float>.allocate(capacity: input.width * input.height * 3)
        defer { pixels.deallocate() }
        Normalization.standardized.apply(to: picture.pixels, into: pixels)
        let numbers = folder.path("input.f32")
        try Data(buffer: pixels).write(to: URL(fileURLWithPath: numbers))
        let script = """
            import json, sys, numpy, onnx
            from onnx.reference import ReferenceEvaluator
            model = onnx.load(sys.argv[1])
            onnx.checker.check_model(model, full_check=True)
            # The evaluator knows the roundings of later sets only, which are the same for bytes.
            model.opset_import[0].version = 19
            port = model.graph.input[0]
            shape = [d.dim_value for d in port.type.tensor_type.shape.dim]
            pixels = numpy.fromfile(sys.argv[2], numpy.float32).reshape([1] + shape[1:])
            print(json.dumps(ReferenceEvaluator(model).run(None, {port.name: pixels})[0][0].tolist()))
            """
        let expected = try JSONDecoder().decode(
            [Float].self, from: PythonEnvironment.test.run(script, [int8.path, numbers]))
        let found = try NetworkEncoder(int8, options: options).outputs(for: [picture])[0]
        let space = original.space(profile: original.manifest.preprocessing)
        // A number on the border between two bytes may be rounded to either.
        #expect(
            try euclideanDistance(
                Embedding(normalizing: found, space: space), Embedding(normalizing: expected, space: space)) < 0.05)
    }

    @Test func `Too few faces are refused, and nothing is left in the catalogue`() throws {
        let original = try original()
        #expect(
            throws: ModelError.cannotQuantize(
                path: original.path, reason: "1 faces say nothing; a few hundred are right")
        ) {
            try ModelQuantizer(original).quantize(
                on: pictures(0..<1, of: original), as: "small-int8", in: catalogue)
        }
        #expect(catalogue.names() == ["small"])
    }

    /// Other people's faces than those that it was measured on.
    @Test(.needsFaceNet, .needsSharedData) func `FaceNet in int8 measures the same distances`() throws {
        let original = try ModelCatalogue().model(named: "facenet")
        let people = SharedData.url("lfw-dev/images").path
        let files = FileManager.default
        let photos = try files.contentsOfDirectory(atPath: people).sorted().prefix(24).map { person in
            let folder = "\(people)/\(person)"
            return try Image(contentsOf: "\(folder)/\(try files.contentsOfDirectory(atPath: folder).sorted()[0])")
        }
        let detector = try YuNetDetector(path: try DetectorFiles().yunet())
        let quantizer = try ModelQuantizer(original)
        let cuts = try photos.map { photo in
            let face = try FaceSelection.central.faces(
                of: detector.detect(in: [photo])[0], width: photo.width, height: photo.height)[0]
            return try quantizer.cut(FaceInPhoto(photo: photo, face: face))
        }
        let int8 = try quantizer.quantize(on: Array(cuts[..<16]), as: "facenet-int8", in: catalogue)
        #expect(int8.manifest.quantization?.convolutions == 131)
        let whole = PreprocessingProfile(name: "whole", alignment: .wholePhoto, normalization: .standardized)
        let space = original.space(profile: whole)
        func embeddings(_ model: Model) throws -> [Embedding] {
            try NetworkEncoder(model, profile: whole, options: options).outputs(for: Array(cuts[16...])).map {
                try Embedding(normalizing: $0, space: space)
            }
        }
        let (floats, bytes) = (try embeddings(original), try embeddings(int8))
        for i in floats.indices {
            #expect(try euclideanDistance(floats[i], bytes[i]) < 0.1)
            for j in floats.indices where i != j {
                let moved = try euclideanDistance(floats[i], bytes[j]) - euclideanDistance(floats[i], floats[j])
                #expect(abs(moved) < 0.04)
            }
        }
    }
}
