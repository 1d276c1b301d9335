import Faceprint
import FaceprintImaging

/// A face as CompreFace's answers describe it.
struct FaceRecord: Encodable {
    struct Box: Encodable {
        let probability: Float
        let xMin, yMin, xMax, yMax: Int
    }

    struct Pose: Encodable {
        let pitch, roll, yaw: Float
    }

    struct Times: Encodable {
        let detector: Double
        let calculator: Double?
    }

    let box: Box
    var landmarks: [[Int]]?
    var embedding: [Float]?
    var pose: Pose?
    /// 0…100.
    var quality: Float?
    var executionTime: Times?
    /// For recognition: the nearest people.
    var subjects: [SubjectRecord]?
    /// For recognition: whether it is one of them.
    var known: Bool?

    /// - Parameters:
    ///   - face: Found in the photo; nil for the whole of it.
    ///   - embedding: Of the face, where it is wanted.
    ///   - times: nil where they aren't.
    init(_ face: Face?, of photo: Image, embedding: Embedding?, query: PhotoQuery, times: Times? = nil) throws {
        executionTime = times
        self.embedding = query.plugins.contains(.calculator) ? embedding?.values : nil
        guard let face else {
            box = Box(probability: 1, xMin: 0, yMin: 0, xMax: photo.width, yMax: photo.height)
            return
        }
        box = Box(
            probability: min(face.score, 1), xMin: pixel(face.box.x), yMin: pixel(face.box.y),
            xMax: pixel(face.box.x + face.box.width), yMax: pixel(face.box.y + face.box.height))
        if query.plugins.contains(.landmarks) {
            landmarks = face.landmarks.points.map { [pixel($0.x), pixel($0.y)] }
        }
        if query.plugins.contains(.pose) {
            let head = HeadPose(face.landmarks)
            pose = Pose(pitch: head.pitch, roll: head.roll, yaw: head.yaw)
        }
        if query.plugins.contains(.quality) { quality = try photo.quality(of: face).total }
    }
}

/// How near a face is to a person, or to another face.
struct MatchRecord: Encodable {
    let similarity: Double
    let distance: Float
    let threshold: Float
    let isMatch: Bool
}

/// A person of the gallery and how near a face is.
struct SubjectRecord: Encodable {
    private enum Member: CodingKey {
        case subject
    }

    let subject: String
    let match: MatchRecord

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Member.self)
        try container.encode(subject, forKey: .subject)
        try match.encode(to: encoder)
    }
}

/// A face and how near it is to the one that it was compared with.
struct MatchedFace: Encodable {
    let face: FaceRecord
    let match: MatchRecord

    func encode(to encoder: any Encoder) throws {
        try face.encode(to: encoder)
        try match.encode(to: encoder)
    }
}

/// What computed a face, where a client asks for the status.
struct PluginVersions: Encodable {
    let detector: String
    let calculator: String
}

/// The nearest pixel; numbers that aren't finite or absurd become the nearest that can be told.
private func pixel(_ coordinate: Float) -> Int { Int(max(min(coordinate.rounded(), 1e6), -1e6)) }
