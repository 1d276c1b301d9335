import Faceprint
import FaceprintImaging
import FaceprintInference

extension Command {
    static let compare = Command(
        "compare", "Do two photos show one person? No gallery is needed.",
        operands: Operands(usage: "PHOTO PHOTO", count: 2...2),
        options: [
            .choice("method", ["embedding", "pixels"], "pixels is the naive comparison, as a baseline"), .threshold,
            .noResident, .json,
        ] + Option.encoding,
        example: """
            $ faceprint compare camera_0.jpg younes.jpg
            The same person: distance 0.6020, threshold 0.7000
            """
    ) { arguments in
        let comparison: Comparison
        if arguments.string("method") == "pixels" {
            let limits = try PhotoLimits(arguments, profile: arguments.string("profile"))
            let photos = try arguments.operands.map { try Photo(contentsOf: $0, limits: limits).image }
            // Both at the size that the network would see; there is no threshold that works.
            let sized = photos.map { $0.resizedByNearestNeighbour(width: 160, height: 160) }
            comparison = Comparison(
                distance: try sized[0].pixelDistance(to: sized[1]),
                threshold: try arguments.number("threshold", in: 0...1))
        } else {
            let settings = try RecognitionSettings(arguments)
            var embeddings: [Embedding] = []
            try settings.faces(ofFilesAt: arguments.operands, .largest) { place, faces in
                do {
                    embeddings.append(try faces.get()[0].embedding)
                } catch {
                    throw PhotoFailure(path: arguments.operands[place], error: error)
                }
            }
            comparison = Comparison(
                distance: try euclideanDistance(embeddings[0], embeddings[1]),
                threshold: settings.thresholds.verification)
        }
        Console.line(arguments.has("json") ? try json(comparison) : comparison.description)
        return comparison.match == false ? .no : .yes
    }
}

/// Two photos' distance and, where a threshold is known, the decision.
struct Comparison: Encodable, CustomStringConvertible {
    let distance: Float
    let threshold: Float?
    let match: Bool?

    init(distance: Float, threshold: Float?) {
        self.distance = distance
        self.threshold = threshold
        match = threshold.map { distance <= $0 }
    }

    var description: String {
        guard let threshold, let match else { return "distance \(formatted(distance))" }
        let verdict = match ? "The same person" : "Different people"
        return "\(verdict): distance \(formatted(distance)), threshold \(formatted(threshold))"
    }
}
