import Faceprint
import FaceprintFiles
import FaceprintImaging
import FaceprintInference
import Foundation

extension Command {
    static let detect = Command(
        "detect", "Find the faces of photos: boxes, five landmarks, scores and quality.",
        operands: Operands(usage: "PHOTO…", count: 1...Int.max),
        options: [
            .value(
                "draw", "PATH", "write the photo as a PNG with its faces drawn; for several photos a folder of them"),
            .value("crops", "DIR", "write each face, upright, as a PNG of 160×160", completion: .folder),
            .detector, .device, .precision, .json,
        ] + Option.photoLimits,
        example: """
            $ faceprint detect party.jpg --crops faces
            party.jpg: 2 faces
              1. 210×274 at (512, 96), score 0.93, quality 100
              2. 188×240 at (820, 130), score 0.91, quality 62 (head pose yaw 34°)
            """
    ) { arguments in
        let name = arguments.string("detector").flatMap(DetectorName.init) ?? .yunet
        let detector = try name.load(try EncoderOptions(arguments, mode: .latency))
        let limits = try PhotoLimits(arguments, profile: nil)
        let drawing = try arguments.string("draw").map { try Drawing(path: $0, photos: arguments.operands) }
        var report = DetectionReport(isJSON: arguments.has("json"))
        var failed = false
        for path in arguments.operands {
            do {
                let photo = try Photo(contentsOf: path, limits: limits).image
                let faces = try detector.detect(in: photo)
                if let folder = arguments.string("crops") {
                    try writeCrops(of: faces, in: photo, path: path, to: folder)
                }
                try drawing?.write(faces, of: photo, path: path)
                report.add(path, try faces.map { ($0, try photo.quality(of: $0)) })
            } catch {
                failed = true
                Console.error("\(PhotoFailure(path: path, error: error))")
            }
        }
        try report.finish()
        return failed ? .failure : report.everyPhotoHasAFace ? .yes : .no
    }

    /// The crops are named by the photo and the number of the face: `party-1.png`.
    private static func writeCrops(of faces: [Face], in photo: Image, path: String, to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        for (i, face) in faces.enumerated() {
            let crop = try photo.aligned(to: face, as: .arcFace, width: 160, height: 160)
            try File.write(try crop.pngData(), to: "\(folder)/\(name)-\(i + 1).png")
        }
    }
}

/// Where the photos go on which the faces are drawn.
private struct Drawing {
    private let path: String
    /// For several photos: each is named after its own, `party.png`.
    private let isFolder: Bool

    /// - Throws: ``UsageError`` where several photos would be written to one file.
    init(path: String, photos: [String]) throws {
        self.path = path
        isFolder = photos.count > 1
        guard isFolder else { return }
        if path.lowercased().hasSuffix(".png") {
            throw UsageError("--draw is “\(path)”, one file for several photos; name a folder")
        }
        let names = Dictionary(grouping: photos, by: Self.name)
        if let same = names.values.first(where: { $0.count > 1 }) {
            throw UsageError("--draw would write “\(same[0])” and “\(same[1])” to one file; draw them one by one")
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func write(_ faces: [Face], of photo: Image, path source: String) throws {
        let target = isFolder ? "\(path)/\(Self.name(source)).png" : path
        try File.write(try photo.drawing(faces).pngData(), to: target)
    }

    private static func name(_ path: String) -> String {
        URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    }
}

/// What was found on each photo, as lines or as one JSON list.
private struct DetectionReport {
    private struct Answer: Encodable {
        struct JudgedFace: Encodable {
            let box: Box
            let landmarks: Landmarks
            let score: Float
            let quality: FaceQuality
        }
        let photo: String
        let faces: [JudgedFace]
    }

    let isJSON: Bool
    private(set) var everyPhotoHasAFace = true
    private var answers: [Answer] = []

    init(isJSON: Bool) { self.isJSON = isJSON }

    mutating func add(_ path: String, _ faces: [(face: Face, quality: FaceQuality)]) {
        everyPhotoHasAFace = everyPhotoHasAFace && !faces.isEmpty
        guard !isJSON else {
            let judged = faces.map { face, quality in
                Answer.JudgedFace(box: face.box, landmarks: face.landmarks, score: face.score, quality: quality)
            }
            answers.append(Answer(photo: path, faces: judged))
            return
        }
        Console.line("\(path): \(faces.isEmpty ? "no face" : faces.count == 1 ? "1 face" : "\(faces.count) faces")")
        for (i, (face, quality)) in faces.enumerated() {
            let box = face.box
            Console.line(
                "  \(i + 1). \(Int(box.width))×\(Int(box.height)) at (\(Int(box.x)), \(Int(box.y))), "
                    + "score \(formatted(face.score)), \(formatted(quality))")
        }
    }

    func finish() throws {
        if isJSON { Console.line(try json(answers)) }
    }
}
