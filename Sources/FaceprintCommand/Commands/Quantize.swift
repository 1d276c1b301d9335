import Faceprint
import FaceprintFiles
import FaceprintImaging
import FaceprintInference
import FaceprintModels

extension Command {
    static let modelQuantize = Command(
        "model quantize", "Make an int8 network of a model: faster, at nearly the same accuracy.",
        operands: Operands(usage: "MODEL", count: 1...1, completion: .nothing),
        options: [
            .value(
                "calibrate", "DIR", "photos of faces such as will be recognised, to measure the network on",
                completion: .folder),
            .value("name", "NAME", "its name in the catalogue (default: the model's with -int8)"),
            .value("faces", "NUMBER", "how many faces it is measured on, 2 to 10000 (default: 300)"), .detector, .json,
        ] + Option.photoLimits,
        example: """
            $ faceprint model quantize fused --calibrate photos
            facenet-int8: 131 convolutions in int8, measured on 300 faces; distances move by 0.0169 at most: one gallery with facenet
            sface-int8: …
            fused-int8: facenet-int8 1.0 + sface-int8 1.4 mirrored
            """
    ) { arguments in
        guard let folder = arguments.string("calibrate") else { throw UsageError("--calibrate DIR is missing") }
        let catalogue = ModelCatalogue()
        let model = try catalogue.recognitionModel(named: arguments.operands[0])
        let name = arguments.string("name") ?? model.name + "-int8"
        try ModelCatalogue.require(name: name)
        let isFusion = catalogue.isFusion(model.name)
        let quantizers = try model.members.map { try ModelQuantizer($0.model) }
        let faces = try CalibrationFaces(arguments, folder: folder).cuts(for: quantizers)
        var members: [Fusion.Member] = []
        var lines: [String] = []
        for (place, (member, quantizer)) in zip(model.members, quantizers).enumerated() {
            let pictures = faces.flatMap { member.isMirrored ? [$0[place], $0[place].mirrored] : [$0[place]] }
            let made = try quantizer.quantize(
                on: pictures, as: isFusion ? member.model.manifest.name + "-int8" : name, in: catalogue)
            members.append(Fusion.Member(made, weight: member.weight, isMirrored: member.isMirrored))
            lines.append("\(made.manifest.name): \(made.manifest.quantization!.description)")
        }
        if isFusion {
            let fusion = try catalogue.fusion(named: model.name)
            _ = try catalogue.add(
                Fusion(
                    name: name, members: members, thresholds: fusion.thresholds, source: fusion.source + ", in int8",
                    licence: fusion.licence, original: fusion.name))
            lines.append("\(name): \(members.map(\.summary).joined(separator: " + "))")
        }
        if arguments.has("json") {
            Console.line(try json(try members.map { try catalogue.model(named: $0.model).manifest }))
        } else {
            for line in lines { Console.line(line) }
        }
        return .yes
    }
}

extension Quantization {
    /// For people.
    var description: String {
        "\(convolutions) convolutions in int8, measured on \(faces) faces; distances move by "
            + "\(formatted(largestShift)) at most: "
            + (isInterchangeable ? "one gallery with \(original)" : "a gallery of its own")
    }
}

/// The faces of a folder that a network is measured on.
private struct CalibrationFaces {
    private let photos: [String]
    private let limits: PhotoLimits
    private let detector: any FaceDetector

    init(_ arguments: Arguments, folder: String) throws {
        let count = try arguments.number("faces", in: 2...10_000) ?? 300
        let all = try PersonPhoto.all(in: folder).map(\.path)
        // Spread over all people.
        let step = max(Double(all.count) / Double(count), 1)
        photos = stride(from: 0, to: Double(all.count), by: step).map { all[Int($0)] }
        limits = try PhotoLimits(arguments, profile: "")
        let name = arguments.string("detector").flatMap(DetectorName.init) ?? .yunet
        detector = try name.load(EncoderOptions(mode: .throughput, cacheFolder: DataFolder().cache))
    }

    /// The central face of each photo as each network sees it, `[face][network]`. Photos without a face are passed over.
    func cuts(for quantizers: [ModelQuantizer]) throws -> [[Image]] {
        let found = try concurrentMap(photos) { path -> [Image]? in
            let photo: Image
            do { photo = try Photo(contentsOf: path, limits: limits).image } catch {
                Console.error("\(error)")
                return nil
            }
            guard
                let face = try? FaceSelection.central.faces(
                    of: detector.detect(in: [photo])[0], width: photo.width, height: photo.height)[0]
            else { return nil }
            return try quantizers.map { try $0.cut(FaceInPhoto(photo: photo, face: face)) }
        }
        return found.compactMap(\.self)
    }
}
