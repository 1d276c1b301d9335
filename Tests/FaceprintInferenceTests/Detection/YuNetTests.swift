import Faceprint
import FaceprintFiles
import FaceprintImaging
import FaceprintInference
import Foundation
import TestSupport
import Testing

/// YuNet against OpenCV's `FaceDetectorYN` on photos of LFW, and on what isn't a photo of faces.
@Suite(.needsDetectors, .needsSharedData) struct YuNetTests {
    private func detector(
        side: Int = 640, options: EncoderOptions = EncoderOptions(precision: .f32), closerLook: CloserLook? = nil
    ) throws -> YuNetDetector {
        try YuNetDetector(
            path: DetectorNetworks.yunet, options: options,
            search: YuNetDetector.Search(longestSide: side), closerLook: closerLook)
    }

    @Test(arguments: EncoderOptions.Mode.allCases)
    func singlePhotosGiveTheOriginalsFaces(mode: EncoderOptions.Mode) throws {
        let reference = try ReferenceFaces("yunet")
        let found = try detector(options: EncoderOptions(precision: .f32, mode: mode))
            .detect(in: reference.photos)
        #expect(found.count == 227)
        var agreement = Agreement()
        for (faces, expected) in zip(found, reference.faces) {
            #expect(abs(faces.count - expected.count) <= 1)
            agreement.add(faces, expected: expected)
        }
        print("YuNet, single photos, \(mode): \(agreement)")
        #expect(agreement.share >= 0.99)
    }

    @Test(arguments: ReferenceFaces.Group.allCases)
    func groupPhotosGiveTheOriginalsFaces(kind: ReferenceFaces.Group) throws {
        let (photo, expected) = try ReferenceFaces("yunet").group(kind)
        let faces = try detector(side: 1024).detect(in: photo)
        var agreement = Agreement()
        agreement.add(faces, expected: expected)
        print("YuNet, \(kind) group: \(agreement)")
        #expect(agreement.share >= 0.99)
        #expect(abs(faces.count - expected.count) <= expected.count / 50)
    }

    /// OpenVINO, which prepares a network once for each run that is in flight, must not mix them up: with weights
    /// quantised in blocks it often did, and no face was found.
    @Test func everyLoadForSeveralRunsFindsTheSameFaces() throws {
        let photos = Array(try ReferenceFaces("yunet").photos.prefix(4))
        let expected = try detector().detect(in: photos)
        for _ in 0..<6 {
            #expect(
                try detector(options: EncoderOptions(precision: .f32, mode: .throughput)).detect(in: photos) == expected
            )
        }
    }

    @Test func aCloserLookMovesLandmarksALittleAndNothingElse() throws {
        let reference = try ReferenceFaces("yunet")
        let searched = try detector().detect(in: reference.photos)
        let refined = try detector(closerLook: CloserLook()).detect(in: reference.photos)
        var moves: [Float] = []
        for (before, after) in zip(searched, refined) {
            #expect(before.map(\.box) == after.map(\.box) && before.map(\.score) == after.map(\.score))
            guard let face = before.largest, let same = after.largest else { continue }
            // In shares of the face's longer side.
            moves += zip(face.landmarks.points, same.landmarks.points).map {
                hypot($0.x - $1.x, $0.y - $1.y) / max(face.box.width, face.box.height)
            }
        }
        #expect(moves.count == 5 * reference.photos.count)
        #expect(moves.allSatisfy { $0 < 0.25 })
        let mean = moves.reduce(0, +) / Float(moves.count)
        #expect((0.005...0.06).contains(mean), "\(mean)")
    }

    /// The mirror image of a photo gives the mirror image of the landmarks, which a search alone does not.
    @Test func aCloserLookHasNoFavouriteSide() throws {
        let photos = try ReferenceFaces("yunet").photos.prefix(40)
        func difference(_ detector: YuNetDetector) throws -> Float {
            let pairs = try zip(detector.detect(in: Array(photos)), detector.detect(in: photos.map(\.mirrored)))
            let differences = zip(photos, pairs).compactMap { photo, faces -> Float? in
                guard let face = faces.0.largest, let other = faces.1.largest else { return nil }
                return zip(face.landmarks.points, [1, 0, 2, 4, 3].map { other.landmarks.points[$0] })
                    .map { hypot($0.x - (Float(photo.width - 1) - $1.x), $0.y - $1.y) }.reduce(0, +) / 5
            }
            return differences.reduce(0, +) / Float(differences.count)
        }
        let (alone, refined) = (try difference(detector()), try difference(detector(closerLook: CloserLook())))
        print("Landmarks of mirror images differ by \(alone) pixels after a search, \(refined) after a closer look")
        #expect(refined < 0.6 * alone)
    }

    @Test(arguments: [EncoderOptions.Precision.f32, .automatic])
    func theUsualWayFindsEveryFaceInTheMiddle(precision: EncoderOptions.Precision) throws {
        let reference = try ReferenceFaces("yunet")
        let found = try detector(options: EncoderOptions(precision: precision), closerLook: CloserLook())
            .detect(in: reference.photos)
        let middle = Box(x: 75, y: 75, width: 100, height: 100)
        for (faces, expected) in zip(found, reference.faces) {
            let face = try #require(faces.max { $0.box.intersection(middle).area < $1.box.intersection(middle).area })
            var agreement = Agreement()
            agreement.add(expected, expected: [face], overlap: 0.5, distance: 20)
            #expect(agreement.same == 1)
            #expect(face.landmarks.leftEye.x < face.landmarks.rightEye.x)
            #expect(face.landmarks.leftMouth.x < face.landmarks.rightMouth.x)
        }
    }

    @Test func smallFacesOfALargePhotoAreFoundByASecondSearch() throws {
        let (photo, expected) = try ReferenceFaces("yunet").group(.quarter)
        let large = try Image.group(of: [photo, photo, photo, photo], columns: 2, rows: 2, step: 1024)
        func found(smallestFace: Float) throws -> Int {
            try YuNetDetector(
                path: DetectorNetworks.yunet, options: EncoderOptions(precision: .f32),
                search: YuNetDetector.Search(smallestFace: smallestFace)
            ).detect(in: large).count
        }
        let coarse = try found(smallestFace: 1000)
        let fine = try found(smallestFace: 24)
        print("YuNet, \(4 * expected.count) faces of 24 pixels: one search finds \(coarse), two find \(fine)")
        #expect(fine > 4 * expected.count * 9 / 10)
        #expect(fine > coarse)
    }

    @Test func facesAreOrderedByScoreAndDoNotOverlap() throws {
        let faces = try detector().detect(in: try ReferenceFaces("yunet").group(.whole).photo)
        #expect(faces.count >= 12)
        #expect(zip(faces, faces.dropFirst()).allSatisfy { $0.score >= $1.score })
        #expect(faces.allSatisfy { (0.6...1).contains($0.score) })
        for (i, face) in faces.enumerated() {
            #expect(faces[..<i].allSatisfy { $0.box.intersectionOverUnion(face.box) <= 0.3 })
        }
    }

    @Test func picturesOfAnySizeAreTaken() throws {
        let detector = try detector()
        for (width, height) in [(1, 1), (1, 500), (3000, 1), (31, 33), (33, 31)] {
            let picture = try Image(
                width: width, height: height, pixels: [UInt8](repeating: 127, count: width * height * 3))
            #expect(try detector.detect(in: picture).isEmpty)
        }
        #expect(try detector.detect(in: [Image]()).isEmpty)
    }

    @Test func threadsShareADetector() throws {
        let reference = try ReferenceFaces("yunet")
        let detector = try detector(options: EncoderOptions(precision: .f32, mode: .throughput))
        let alone = try detector.detect(in: reference.photos[0])
        DispatchQueue.concurrentPerform(iterations: 8) { i in
            #expect((try? detector.detect(in: reference.photos[0])) == alone)
        }
    }

    @Test func anotherFileIsRefused() throws {
        let folder = try TemporaryFolder()
        let broken = folder.path("broken.onnx")
        try Data("not a network".utf8).write(to: URL(fileURLWithPath: broken))
        #expect(throws: DetectionError.self) { try YuNetDetector(path: broken) }
        #expect(throws: DetectionError.self) { try YuNetDetector(path: folder.path("missing.onnx")) }
        let error = #expect(throws: DetectionError.self) {
            try YuNetDetector(path: DetectorNetworks.mtcnn + "/pnet.onnx")
        }
        #expect(error.map { "\($0)" }?.contains("it has no output “cls_8”") == true)
    }
}
