import Faceprint
import FaceprintImaging
import Foundation
import TestSupport

/// The faces that a detector's Python original finds: see Tests/Python/make-detection-reference.py.
struct ReferenceFaces {
    /// In the order of the original's list.
    let photos: [Image]
    /// Of each photo.
    let faces: [[Face]]
    private let groupFaces: [String: [Face]]

    init(_ name: String) throws {
        let file = SharedData.packageFolder.appending(path: "Tests/Python/\(name)-faces.json")
        let numbers = try JSONDecoder().decode([String: [[Float]]].self, from: Data(contentsOf: file))
        let all = numbers.mapValues { $0.map(Self.face) }
        let paths = all.keys.filter { $0.hasSuffix(".jpg") }.sorted {
            Array($0.utf8).lexicographicallyPrecedes($1.utf8)
        }
        photos = try paths.map { try Image(contentsOf: SharedData.url("lfw-dev/images/\($0)").path) }
        faces = paths.map { all[$0]! }
        groupFaces = all.filter { !$0.key.hasSuffix(".jpg") }
    }

    /// Twelve photos, or 192 a quarter as large, on one, with the original's faces.
    func group(_ kind: Group) throws -> (photo: Image, faces: [Face]) {
        let photo =
            switch kind {
            case .whole: try Image.group(of: photos, columns: 4, rows: 3, step: 256)
            case .quarter:
                try Image.group(of: photos.prefix(192).map { try $0.quarter() }, columns: 16, rows: 12, step: 64)
            case .turned:
                try Image.group(
                    of: photos.prefix(12).enumerated().map { try $1.turned(sine: $0 % 2 == 0 ? 32768 : -32768) },
                    columns: 4, rows: 3, step: 256)
            }
        return (photo, groupFaces[kind.rawValue]!)
    }

    enum Group: String, CaseIterable { case whole, quarter, turned }

    private static func face(_ numbers: [Float]) -> Face {
        let points = (0..<5).map { Point(x: numbers[4 + 2 * $0], y: numbers[5 + 2 * $0]) }
        return Face(
            box: Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]),
            landmarks: Landmarks(
                leftEye: points[0], rightEye: points[1], nose: points[2], leftMouth: points[3], rightMouth: points[4]),
            score: numbers[14])
    }
}

/// How well the faces that were found agree with an original's.
struct Agreement: CustomStringConvertible {
    /// Faces of the original.
    private(set) var faces = 0
    /// Those found with a box at an intersection over union above 0.9, and every landmark within 2 pixels.
    private(set) var same = 0
    /// Faces found beyond those.
    private(set) var others = 0
    private var leastOverlap: Float = 1
    private var largestDistance: Float = 0

    var share: Double { Double(same) / Double(faces) }

    mutating func add(_ found: [Face], expected: [Face], overlap: Float = 0.9, distance: Float = 2) {
        var twins = 0
        for face in expected {
            faces += 1
            guard let twin = found.max(by: { face.overlap($0) < face.overlap($1) }), face.overlap(twin) > 0.5 else {
                leastOverlap = 0
                continue
            }
            leastOverlap = min(leastOverlap, face.overlap(twin))
            largestDistance = max(largestDistance, face.distance(twin))
            if face.overlap(twin) > overlap && face.distance(twin) < distance { twins += 1 }
        }
        same += twins
        others += found.count - twins
    }

    var description: String {
        let percent = (share * 10000).rounded() / 100
        return "\(same) of \(faces) faces as in the original (\(percent) %), \(others) others; "
            + "least overlap \(leastOverlap), largest landmark distance \(largestDistance) pixels"
    }
}

extension Face {
    fileprivate func overlap(_ other: Face) -> Float { box.intersectionOverUnion(other.box) }

    /// Of the landmark that lies farthest from the other face's, in pixels.
    fileprivate func distance(_ other: Face) -> Float {
        zip(landmarks.points, other.landmarks.points).map { hypot($0.x - $1.x, $0.y - $1.y) }.max() ?? 0
    }
}
