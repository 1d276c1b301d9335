import Faceprint
import FaceprintEvaluation
import FaceprintImaging
import FaceprintInference

/// The people of an evaluation of liveness, with the photos that show them straight and turned.
struct LivenessPeople {
    /// A photo, or its mirror image, by its place.
    struct Turned {
        let place: Int
        let isMirrored: Bool
    }

    struct Person {
        let straight: Int
        /// Turned to the person's left.
        let left: Turned
        /// Turned to the person's right.
        let right: Turned
    }

    /// Those with a straight photo and turned ones of both sides, where a mirror image may stand for one of them: who can
    /// do what is asked.
    let turning: [Person]
    /// The straightest photo of each person who has a straight one: what stills are made of.
    let stills: [Int]

    /// By how many degrees of yaw a photo that counts as turned differs from the straight one. Those who are asked turn
    /// as far as it takes, so photos turned less say nothing about them; in those turned much farther the farther eye
    /// is hidden.
    static let turn: ClosedRange<Float> = 25...50
    /// Of the photos that count, the one nearest to this is taken.
    private static let usualTurn: Float = 35

    init(_ measured: MeasuredPhotos, _ settings: LivenessSettings) {
        let people = Dictionary(grouping: measured.photos.indices) { measured.identities[$0] }
        var turning: [Person] = []
        var stills: [Int] = []
        for (_, places) in people.sorted(by: { $0.key < $1.key }) {
            let poses = places.compactMap { place in
                measured.faces[place].map { (place: place, pose: HeadPose($0.landmarks)) }
            }
            let straight = poses.filter {
                abs($0.pose.yaw) <= settings.straightYaw && abs($0.pose.pitch) <= settings.straightPitch
            }
            guard let best = straight.min(by: { abs($0.pose.yaw) < abs($1.pose.yaw) }) else { continue }
            stills.append(best.place)
            func turned(_ side: Float) -> Turned? {
                let sides = [(isMirrored: false, sign: side), (isMirrored: true, sign: -side)].lazy
                return sides.compactMap { kind -> Turned? in
                    poses.map { (place: $0.place, turn: kind.sign * $0.pose.yaw - side * best.pose.yaw) }
                        .filter { Self.turn.contains($0.turn) }
                        .min { abs($0.turn - Self.usualTurn) < abs($1.turn - Self.usualTurn) }
                        .map { Turned(place: $0.place, isMirrored: kind.isMirrored) }
                }.first
            }
            if let left = turned(1), let right = turned(-1) {
                turning.append(Person(straight: best.place, left: left, right: right))
            }
        }
        self.turning = turning
        self.stills = stills
    }
}

extension LivenessPeople {
    /// What they show when they are asked.
    func presentations(
        _ measured: MeasuredPhotos, _ recognizer: Recognizer, _ selection: FaceSelection, limits: PhotoLimits
    ) throws -> [LivenessPresentation] {
        func shot(_ turned: Turned) throws -> LivenessPresentation.Shot {
            if turned.isMirrored {
                let photo = try Photo(contentsOf: measured.photos[turned.place].path, limits: limits).image.mirrored
                return try recognizer.shots(of: [photo], selection)[0]
            }
            guard let face = measured.faces[turned.place], let embedding = measured.embeddings[turned.place] else {
                return nil
            }
            return (face, embedding)
        }
        // A photo stands for as many frames as a step takes.
        return try turning.map { person in
            let straight = try shot(Turned(place: person.straight, isMirrored: false))
            let (left, right) = (try shot(person.left), try shot(person.right))
            return LivenessPresentation(straight: [straight, straight], left: [left, left], right: [right, right])
        }
    }
}

extension Recognizer {
    /// The face of each photo that is meant; nil where there is none.
    func shots(of photos: [Image], _ selection: FaceSelection) throws -> [LivenessPresentation.Shot] {
        try faces(of: photos, selection).map { result in
            guard case .success(let found) = result, let first = found.first, let face = first.face else { return nil }
            return (face, first.embedding)
        }
    }
}
