import Faceprint
import FaceprintAnalysis
import FaceprintFiles
import FaceprintImaging
import FaceprintInference
import FaceprintModels

extension Command {
    static let explain = Command(
        "explain", "Say how near two photos' faces are among others, and which parts of them it rests on.",
        operands: Operands(usage: "PHOTO PHOTO", count: 2...2),
        options: [
            .value(
                "output", "FILE", "write a page with both faces, the distributions and the parts that matter",
                completion: .file),
            .threshold, .json,
        ] + Option.encoding,
        example: """
            $ faceprint explain camera_0.jpg younes.jpg --output why.html
            The same person: distance 0.6648, threshold 1.0500
            Of 1,973 pairs of photos of one person, about 17.15 % are nearer than this one, 82.85 % farther apart.
            …
            """
    ) { arguments in
        // A page holds photos of people, and is its owner's alone.
        let output = try arguments.string("output").map { try OutputFile($0) }
        let settings = try RecognitionSettings(arguments)
        let (encoder, photos) = try ExplainedPhoto.read(arguments.operands, settings)
        let comparison = Comparison(
            distance: try euclideanDistance(photos[0].embedding, photos[1].embedding),
            threshold: settings.thresholds.verification)
        let distributions = try ModelCatalogue(folder: DataFolder().models).distances(of: encoder.space)
        let report = ExplanationReport(
            comparison: comparison,
            standing: distributions.map { DistanceStanding(of: comparison.distance, in: $0) })
        Console.line(arguments.has("json") ? try json(report) : report.description)
        if let output {
            let page = Array(
                try explanationPage(
                    photos, comparison.distance, settings.thresholds.verification, encoder, distributions
                ).html.utf8)
            try output.write(page)
            try output.finish()
            if !arguments.has("json") { Console.line("page: \(output.path) (\(formatted(bytes: page.count)))") }
        }
        return comparison.match == false ? .no : .yes
    }
}

/// A distance, the decision, and where it stands among others.
private struct ExplanationReport: Encodable, CustomStringConvertible {
    let comparison: Comparison
    /// nil where no distributions are known.
    let standing: DistanceStanding?

    var description: String {
        ([comparison.description]
            + (standing?.sentences ?? ["How usual that is isn't known; see faceprint calibrate --save."]))
            .joined(separator: "\n")
    }
}

/// One of the photos, with the face of it that is meant.
private struct ExplainedPhoto {
    let path: String
    let face: FaceInPhoto
    let embedding: Embedding

    static func read(
        _ paths: [String], _ settings: RecognitionSettings
    ) throws -> (encoder: Encoder, photos: [ExplainedPhoto]) {
        let images = try paths.map { try Photo(contentsOf: $0, limits: settings.limits).image }
        let recognizer = try settings.recognizer()
        let found = try recognizer.faces(of: images, .largest)
        let photos = try paths.indices.map { i in
            do {
                let face = try found[i].get()[0]
                return ExplainedPhoto(
                    path: paths[i], face: FaceInPhoto(photo: images[i], face: face.face), embedding: face.embedding)
            } catch {
                throw PhotoFailure(path: paths[i], error: error)
            }
        }
        return (recognizer.encoder, photos)
    }

    /// The face as it is shown, in two pixels a point.
    func picture(_ view: FaceView) throws -> Image {
        let (width, height) = (max(1, Int((2 * view.width).rounded())), max(1, Int((2 * view.height).rounded())))
        guard let found = face.face else {
            return face.photo.resized(width: width, height: height, interpolation: .lanczos)
        }
        return try face.photo.aligned(to: found, as: .arcFace, width: width, height: height)
    }
}

private func explanationPage(
    _ photos: [ExplainedPhoto], _ distance: Float, _ threshold: Float, _ encoder: Encoder,
    _ distributions: DistanceDistributions?
) throws -> ExplanationPage {
    let maps = try zip(photos, photos.reversed()).map { photo, other in
        var progress = ProgressBar("places of \(photo.path)", of: OcclusionMap.places(of: try FaceView(of: photo.face)))
        defer { progress.clear() }
        return try OcclusionMap(of: photo.face, against: other.embedding, encoder: encoder) { progress.advance(by: $0) }
    }
    // Less than that is the noise of the arithmetic, and not to be seen as more.
    let full = max(maps.map(\.largest).max() ?? 0, 0.02)
    // A page is passed on: where the photos lie is nobody's business, unless they are told apart by that alone.
    let isTold = photos[0].path.fileName != photos[1].path.fileName
    let sides = try zip(photos, maps).map { photo, map in
        let picture = try photo.picture(map.view)
        return ExplanationPage.Side(
            name: isTold ? photo.path.fileName : photo.path, picture: try picture.jpegData(quality: 90),
            regions: try map.picture(over: picture, full: full).jpegData(quality: 90))
    }
    return ExplanationPage(
        sides[0], sides[1], distance: distance, threshold: threshold,
        model: "\(encoder.space), \(encoder.precision.rawValue)", distributions: distributions, largestChange: full)
}
