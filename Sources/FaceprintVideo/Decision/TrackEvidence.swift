import Faceprint
import FaceprintImaging

/// A face in a frame that may be good enough to recognise somebody by.
struct FaceSighting: Sendable {
    /// The face and what is around it, without the rest of the frame.
    let cut: FaceInPhoto
    /// In the frame.
    let face: Face
    let time: Double
    let quality: Float
}

/// What is known of who somebody on a track is.
struct TrackEvidence {
    private(set) var decision: TrackDecision?
    private(set) var distances: [Float] = []
    private(set) var best: FaceSighting?
    /// The best of the time that runs.
    private var pending: FaceSighting?
    /// When that began, in seconds.
    private var begun = 0.0
    /// Each embedding times its frame's quality.
    private var sum: [Float] = []
    private var identification: Identification?

    var count: Int { distances.count }

    /// Takes a face in where it is better than what there is.
    mutating func offer(_ sighting: FaceSighting) {
        guard let present = pending else {
            (pending, begun) = (sighting, sighting.time)
            return
        }
        if sighting.quality > present.quality { pending = sighting }
    }

    /// What is to be encoded next; nil while there may be a better one.
    ///
    /// - Parameter isEnding: Whether no more will come.
    mutating func take(at time: Double, _ settings: DecisionSettings, isEnding: Bool = false) -> FaceSighting? {
        guard let found = pending, isEnding || time - begun >= settings.spacing else { return nil }
        pending = nil
        return found
    }

    /// Adds what a good frame shows.
    ///
    /// - Returns: The mean of all.
    mutating func add(
        _ embedding: Embedding, of sighting: FaceSighting, _ identify: (Embedding) throws -> Identification
    ) throws -> Embedding {
        if sum.isEmpty { sum = Array(repeating: 0, count: embedding.count) }
        for (i, value) in embedding.values.enumerated() { sum[i] += value * sighting.quality }
        let mean = try Embedding(normalizing: sum, space: embedding.space)
        let answer = try identify(mean)
        identification = answer
        if let nearest = answer.candidates.first { distances.append(nearest.distance) } else { distances.append(2) }
        if sighting.quality > best?.quality ?? -1 { best = sighting }
        return mean
    }

    /// Decides, once, if there is enough to decide on.
    ///
    /// - Parameter isEnding: Whether no more will come.
    mutating func decide(on track: Track, _ settings: DecisionSettings, isEnding: Bool = false) -> TrackDecision? {
        guard decision == nil, let identification, let best else { return nil }
        let isEnough = count >= (identification.match == nil ? settings.atMost : settings.enough)
        guard isEnough || isEnding && count >= settings.atLeast else { return nil }
        let made = TrackDecision(
            track: track.number, identification: identification, distances: distances, sightings: track.sightings,
            start: track.start, end: track.end, face: best.face, bestTime: best.time)
        decision = made
        return made
    }
}

extension Image {
    /// A face with as much around it at each side: enough to look closer and to turn it upright.
    func cut(around face: Face) -> FaceInPhoto {
        let side = max(face.box.width, face.box.height)
        guard [face.box.x, face.box.y, side].allSatisfy({ $0.isFinite && abs($0) < 1e6 }) else {
            return FaceInPhoto(photo: self, face: face)
        }
        let left = min(max(Int(face.box.x - side), 0), width - 1)
        let top = min(max(Int(face.box.y - side), 0), height - 1)
        let right = min(max(Int(face.box.x + face.box.width + side), left + 1), width)
        let bottom = min(max(Int(face.box.y + face.box.height + side), top + 1), height)
        return FaceInPhoto(photo: self, face: face).cut(columns: left..<right, rows: top..<bottom)
    }
}
