import Faceprint
import Testing

@testable import FaceprintAnalysis

/// An encoder that sees nothing of a photo but one spot: its embedding turns with the spot's mean brightness.
private struct SpotEncoder: FaceEncoder {
    let space = EmbeddingSpace(model: "spot", modelSHA256: "", profile: "arcface")
    /// In points of the view.
    let left, top, side: Float

    func encode(_ faces: [FaceInPhoto]) throws -> [Embedding] {
        try faces.map { face in
            let toView = try #require(try FaceView(of: face).toPhoto.inverse)
            var (sum, count): (Float, Float) = (0, 0)
            for y in 0..<face.photo.height {
                for x in 0..<face.photo.width {
                    let point = toView(Point(x: Float(x), y: Float(y)))
                    guard (left..<(left + side)).contains(point.x), (top..<(top + side)).contains(point.y) else {
                        continue
                    }
                    sum += Float(face.photo.pixels[3 * (y * face.photo.width + x)])
                    count += 1
                }
            }
            return try Embedding(normalizing: [1, sum / count / 255], space: space)
        }
    }
}

struct OcclusionMapTests {
    /// ArcFace's template turned by a quarter, twice as large, somewhere in a bright photo.
    private static let face = Face(
        box: Box(x: 70, y: 60, width: 160, height: 200),
        landmarks: Landmarks.arcFace.map(SimilarityTransform(a: 0.4, b: 1.6, tx: 260, ty: 40).callAsFunction), score: 1)

    private func photo() throws -> FaceInPhoto {
        FaceInPhoto(
            photo: try Image(width: 420, height: 380, pixels: [UInt8](repeating: 240, count: 420 * 380 * 3)),
            face: Self.face)
    }

    @Test func itLightsUpWhereTheEncoderLooks() throws {
        let encoder = SpotEncoder(left: 30, top: 44, side: 16)
        let face = try photo()
        let own = try encoder.encode([face])[0]
        var places = 0
        let map = try OcclusionMap(of: face, against: own, encoder: encoder) { places += $0 }
        #expect(places == OcclusionMap.places(of: map.view) && map.changes.count == 15)
        let half = OcclusionMap.patch / 2
        for (row, changes) in map.changes.enumerated() {
            for (column, change) in changes.enumerated() {
                let (x, y) = (8 * Float(column), 8 * Float(row))
                // A pixel's width is neither surely in nor surely out.
                let reach = { (middle: Float, start: Float, slack: Float) in
                    middle + half + slack > start && middle - half - slack < start + 16
                }
                if reach(x, 30, -1) && reach(y, 44, -1) {
                    #expect(change > 1e-4, "\(x), \(y)")
                } else if !(reach(x, 30, 1) && reach(y, 44, 1)) {
                    #expect(abs(change) < 1e-5, "\(x), \(y)")
                }
            }
        }
        // The middle of the spot speaks most for its being the same.
        let strongest = map.changes.joined().max()
        #expect(map.changes[6][5] == strongest && map.largest == strongest)
    }

    @Test func whatSpeaksForTwoPeopleIsBelowZero() throws {
        let encoder = SpotEncoder(left: 30, top: 44, side: 16)
        let grey = try Embedding(normalizing: [1, 128 / 255], space: encoder.space)
        let map = try OcclusionMap(of: try photo(), against: grey, encoder: encoder)
        #expect(map.changes[6][5] < -0.1)
        #expect(map.changes.joined().allSatisfy { $0 <= 1e-5 })
    }

    @Test func aWholePhotoIsItsOwnView() throws {
        let encoder = SpotEncoder(left: 10, top: 10, side: 16)
        let wide = FaceInPhoto(
            photo: try Image(width: 224, height: 112, pixels: [UInt8](repeating: 240, count: 224 * 112 * 3)), face: nil)
        let view = try FaceView(of: wide)
        #expect(view.width == 112 && view.height == 56)
        let map = try OcclusionMap(of: wide, against: try encoder.encode([wide])[0], encoder: encoder)
        #expect(map.changes.count == 8 && map.changes[0].count == 15)
        #expect(map.changes[2][2] > 0.01 && map.changes[7][14] == 0)
    }

    @Test func cuttingAFaceOutLeavesTheDistanceAsItWas() throws {
        let face = try photo()
        let small = face.surroundings(try FaceView(of: face))
        #expect(small.photo.width < 420)
        let (whole, cut) = (try FaceView(of: face), try FaceView(of: small))
        let corner = Point(x: 112, y: 0)
        // The same place of the photo, but for where its corner went.
        let (a, b) = (whole.toPhoto(corner), cut.toPhoto(corner))
        let (c, d) = (whole.toPhoto(Point(x: 0, y: 112)), cut.toPhoto(Point(x: 0, y: 112)))
        #expect(abs((a.x - b.x) - (c.x - d.x)) < 1e-3 && abs((a.y - b.y) - (c.y - d.y)) < 1e-3)
    }

    @Test func coloursAreWhereTheChangesAre() throws {
        let view = try FaceView(of: try photo())
        let map = OcclusionMap(view: view, changes: [[0.5, 0], [0, -0.5]])
        #expect(map.change(at: Point(x: 0, y: 0)) == 0.5 && map.change(at: Point(x: 56, y: 56)) == 0)
        let grey = try Image(width: 40, height: 40, pixels: [UInt8](repeating: 100, count: 4800))
        let picture = map.picture(over: grey, full: 0.5)
        func pixel(_ x: Int, _ y: Int) -> (Int, Int) {
            (Int(picture.pixels[3 * (40 * y + x)]), Int(picture.pixels[3 * (40 * y + x) + 1]))
        }
        let (green, orange, plain) = (pixel(0, 0), pixel(39, 39), pixel(39, 0))
        #expect(green.1 > green.0 + 60 && orange.0 > orange.1 + 60 && abs(plain.0 - plain.1) < 12)
    }

    @Test func aFaceInOnePlaceIsRefused() throws {
        var flat = Self.face
        flat.landmarks = flat.landmarks.map { _ in Point(x: 5, y: 5) }
        let photo = FaceInPhoto(photo: try photo().photo, face: flat)
        #expect(throws: AnalysisError.noFace(reason: "its landmarks lie in one place")) { try FaceView(of: photo) }
    }
}
