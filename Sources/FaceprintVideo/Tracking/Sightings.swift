import Faceprint

/// The faces of a frame beside the tracks that they may belong to.
struct Sightings {
    /// For each face the index of its track.
    private(set) var trackOf: [Int?]
    private let faces: [(place: Int, face: Face)]
    private let tracks: [Track]
    private let settings: FaceTracker.Settings
    /// `[faces][tracks]`: the overlap with where the track should be; 0 where that is too little, or too long ago.
    private let overlaps: [[Float]]
    /// What faces look like, as far as it was asked: nil inside for what can't be said.
    private var looks: [Embedding??]

    init(
        of faces: [(place: Int, face: Face)], _ tracks: [Track], _ settings: FaceTracker.Settings, at time: Double
    ) {
        (self.faces, self.tracks, self.settings) = (faces, tracks, settings)
        trackOf = Array(repeating: nil, count: faces.count)
        looks = Array(repeating: nil, count: faces.count)
        let boxes = tracks.map { track in
            time - track.end <= FaceTracker.Settings.boxMemory ? track.motion.predicted(at: time) : nil
        }
        overlaps = faces.map { _, face in
            boxes.map { box in
                let overlap = box.map(face.box.intersectionOverUnion) ?? 0
                return overlap >= settings.overlap ? overlap : 0
            }
        }
    }

    /// By where they are, and where that isn't clear by what they look like.
    mutating func assign(_ appearance: (Int) throws -> Embedding?) rethrows {
        guard !tracks.isEmpty, !faces.isEmpty else { return }
        let facesOf = tracks.indices.map { track in overlaps.count { $0[track] > 0 } }
        var costs: [[Float]] = []
        for (face, row) in overlaps.enumerated() {
            let near = tracks.indices.filter { row[$0] > 0 }
            // Somebody else may stand where a face was lost.
            let isDoubtful = near.count > 1 || near.contains { facesOf[$0] > 1 || !tracks[$0].isVisible }
            var cost = [Float](repeating: .infinity, count: tracks.count)
            for track in near {
                let distance = isDoubtful ? try distance(face, track, appearance) : 0
                guard distance <= settings.otherFace else { continue }
                cost[track] = 1 - row[track] + distance
            }
            costs.append(cost)
        }
        // A face goes to any track that it may belong to rather than begin another.
        trackOf = assignment(of: costs, alone: 4)
    }

    /// Those that are left by what they look like alone: somebody who was lost is back.
    mutating func recognise(_ appearance: (Int) throws -> Embedding?) rethrows {
        let lost = tracks.indices.filter { tracks[$0].embedding != nil && !trackOf.contains($0) }
        let left = faces.indices.filter { trackOf[$0] == nil }
        guard !lost.isEmpty, !left.isEmpty else { return }
        var costs: [[Float]] = []
        for face in left {
            let look = try look(face, appearance)
            costs.append(
                lost.map { track in
                    let distance = tracks[track].distance(to: look) ?? .infinity
                    return distance <= settings.sameFace ? distance : .infinity
                })
        }
        for (face, index) in zip(left, assignment(of: costs, alone: 4)) { trackOf[face] = index.map { lost[$0] } }
    }

    private mutating func distance(
        _ face: Int, _ track: Int, _ appearance: (Int) throws -> Embedding?
    ) rethrows -> Float {
        guard tracks[track].embedding != nil else { return FaceTracker.Settings.unknownDistance }
        return tracks[track].distance(to: try look(face, appearance)) ?? FaceTracker.Settings.unknownDistance
    }

    private mutating func look(_ face: Int, _ appearance: (Int) throws -> Embedding?) rethrows -> Embedding? {
        if let known = looks[face] { return known }
        let look = try appearance(faces[face].place)
        looks[face] = .some(look)
        return look
    }
}
