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

/// How many faces of one list have a twin in another: boxes that overlap by more than `overlap`, and landmarks
/// within `distance` pixels.
func twins(of faces: [Face], in others: [Face], overlap: Float = 0.9, distance: Float = 2) -> Int {
    faces.count { face in
        others.contains { other in
            face.box.intersectionOverUnion(other.box) > overlap
                && zip(face.landmarks.points, other.landmarks.points).allSatisfy {
                    hypot($0.x - $1.x, $0.y - $1.y) < distance
                }
        }
    }
}
