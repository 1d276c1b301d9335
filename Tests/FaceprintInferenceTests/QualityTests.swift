import Faceprint
import FaceprintImaging
import FaceprintInference
import Foundation
import TestSupport
import Testing

/// The quality of real faces, whole and spoiled.
@Suite(.needsSharedData, .needsDetectors)
struct QualityTests {
    private static let photos = [
        "photos/obama.jpg", "photos/biden.jpg", "lfw-dev/images/Abdullah_Gul/Abdullah_Gul_0001.jpg",
    ]

    private func load(_ path: String) throws -> (photo: Image, face: Face) {
        let photo = try Image(contentsOf: SharedData.url(path).path)
        let faces = try YuNetDetector(path: DetectorNetworks.yunet, options: EncoderOptions(precision: .f32))
            .detect(in: photo)
        return (photo, try #require(faces.largest))
    }

    private func value(_ component: QualityComponent, _ quality: FaceQuality) -> Float {
        quality.scores.first { $0.component == component }!.value
    }

    /// That the original may be enrolled, the last may not for that reason, and nothing gets better on the way.
    private func expectDecline(_ qualities: [FaceQuality], of components: [QualityComponent]) {
        #expect(throws: Never.self) { try qualities[0].requireEnrollable() }
        #expect(
            qualities.allSatisfy {
                (0...100).contains($0.total) && $0.scores.map(\.component) == QualityComponent.allCases
            })
        let worst = qualities.last!
        #expect(components.contains(worst.weakest.component), "\(worst.weakest)")
        #expect(throws: FaceQualityError(quality: worst)) { try worst.requireEnrollable() }
        let declining = qualities.map { quality in
            components.map { component in quality.scores.first { $0.component == component }!.quality }.min()!
        }
        #expect(zip(declining, declining.dropFirst()).allSatisfy { $0 >= $1 - 0.5 }, "\(declining)")
    }

    @Test(arguments: photos)
    func blurSpoilsTheSharpness(path: String) throws {
        let (photo, face) = try load(path)
        // In shares of the distance between the eyes, so that large and small faces are blurred alike.
        let qualities = try [0, 0.03, 0.06, 0.12, 0.2].map { (share: Float) in
            try photo.blurred(radius: Int((share * face.landmarks.eyeDistance).rounded())).quality(of: face)
        }
        expectDecline(qualities, of: [.sharpness])
        #expect(FaceQualityError(quality: qualities[4]).description.contains("too blurred"))
        #expect(FaceQualityError(quality: qualities[4]).description.contains("in focus"))
    }

    @Test(arguments: photos)
    func darknessIsSaid(path: String) throws {
        let (photo, face) = try load(path)
        let qualities = try [1, 0.6, 0.35, 0.2, 0.08].map { (light: Float) in
            try photo.mapped { light * $0 }.quality(of: face)
        }
        expectDecline(qualities, of: [.luminanceMean, .underExposurePrevention, .dynamicRange])
        #expect(FaceQualityError(quality: qualities[4]).description.contains("more light"))
    }

    @Test(arguments: photos)
    func tooMuchLightIsSaid(path: String) throws {
        let (photo, face) = try load(path)
        let qualities = try [1, 1.5, 2.2, 3, 5].map { (light: Float) in
            try photo.mapped { light * $0 }.quality(of: face)
        }
        expectDecline(qualities, of: [.luminanceMean, .overExposurePrevention, .dynamicRange])
        #expect(FaceQualityError(quality: qualities[4]).description.contains("less light"))
    }

    @Test(arguments: photos)
    func fogTakesTheContrast(path: String) throws {
        let (photo, face) = try load(path)
        let qualities = try [1, 0.5, 0.2, 0.06].map { (contrast: Float) in
            try photo.mapped { 128 + contrast * ($0 - 128) }.quality(of: face)
        }
        #expect(qualities.last!.scores.first { $0.component == .dynamicRange }!.quality < 50)
        #expect(throws: FaceQualityError.self) { try qualities.last!.requireEnrollable() }
    }

    @Test(arguments: photos)
    func farAwayIsTooSmall(path: String) throws {
        let (photo, face) = try load(path)
        let qualities = try [face.landmarks.eyeDistance, 30, 20, 13, 7].map { (eyeDistance: Float) in
            let scale = eyeDistance / face.landmarks.eyeDistance
            let small = photo.resized(
                width: Int(Float(photo.width) * scale), height: Int(Float(photo.height) * scale),
                interpolation: .lanczos)
            return try small.quality(of: face.mapped { Point(x: $0.x * scale, y: $0.y * scale) })
        }
        expectDecline(qualities, of: [.interEyeDistance])
        #expect(abs(value(.interEyeDistance, qualities[4]) - 7) < 0.01)
        #expect(FaceQualityError(quality: qualities[4]).description.contains("too small"))
    }

    @Test(arguments: photos)
    func thePhotosEdgeCutsTheFace(path: String) throws {
        let (photo, face) = try load(path)
        let left = face.landmarks.leftEye.x - face.landmarks.eyeDistance
        let qualities = try [0, left, left + face.landmarks.eyeDistance * 0.6, face.landmarks.leftEye.x + 4].map {
            let cut = max(Int($0), 0)
            return try photo.cutLeft(cut).quality(of: face.mapped { Point(x: $0.x - Float(cut), y: $0.y) })
        }
        expectDecline(qualities, of: [.cropping])
        #expect(FaceQualityError(quality: qualities[3]).description.contains("cut by the photo's edge"))
    }

    @Test func aTurnedHeadIsSaidAndItsMirrorImageLooksTheOtherWay() throws {
        let (photo, face) = try load("lfw-dev/images/Hugo_Chavez/Hugo_Chavez_0033.jpg")
        let quality = try photo.quality(of: face)
        #expect(quality.weakest.component == .headPoseYaw)
        #expect(FaceQualityError(quality: quality).description.contains("turned too far to the side"))
        let other = try #require(
            try YuNetDetector(path: DetectorNetworks.yunet, options: EncoderOptions(precision: .f32))
                .detect(in: photo.mirrored).largest)
        let (here, there) = (HeadPose(face.landmarks), HeadPose(other.landmarks))
        #expect(abs(here.yaw) > 45)
        #expect(abs(here.yaw + there.yaw) < 10, "\(here.yaw) and \(there.yaw)")
        #expect(abs(here.pitch - there.pitch) < 10)
    }

    @Test func aPhotoLyingOnItsSideIsTilted() throws {
        let (photo, face) = try load("photos/obama.jpg")
        let turned = try photo.quarterTurned()
        let lying = face.mapped { Point(x: Float(photo.height - 1) - $0.y, y: $0.x) }
        let quality = try turned.quality(of: lying)
        #expect(quality.weakest.component == .headPoseRoll)
        #expect(abs(value(.headPoseRoll, quality) - 90) < 10)
        // What is seen of the face upright is the same.
        let upright = try photo.quality(of: face)
        for component in [QualityComponent.luminanceMean, .sharpness, .dynamicRange, .interEyeDistance] {
            #expect(abs(value(component, quality) - value(component, upright)) <= 0.02 * value(component, upright))
        }
    }

    @Test func nonsenseIsAnError() throws {
        let photo = try testImage(1, side: 64)
        let box = Box(x: 0, y: 0, width: 20, height: 20)
        let flat = Landmarks.arcFace.map { _ in Point(x: 5, y: 5) }
        let lost = Landmarks.arcFace.map { Point(x: $0.x, y: .nan) }
        for landmarks in [flat, lost] {
            #expect(throws: ImagingError.self) {
                try photo.quality(of: Face(box: box, landmarks: landmarks, score: 1))
            }
        }
        #expect(throws: FaceprintError.self) {
            try FaceQuality(
                of: Face(box: box, landmarks: .arcFace, score: 1), crop: photo, photoWidth: 64, photoHeight: 64)
        }
    }
}

extension Face {
    fileprivate func mapped(_ transform: (Point) -> Point) -> Face {
        Face(box: box, landmarks: landmarks.map(transform), score: score)
    }
}

extension Image {
    fileprivate func mapped(_ change: (Float) -> Float) throws -> Image {
        try Image(
            width: width, height: height,
            pixels: pixels.map { UInt8(min(max(change(Float($0)).rounded(), 0), 255)) })
    }

    /// Means over squares, twice.
    fileprivate func blurred(radius: Int) throws -> Image {
        guard radius > 0 else { return self }
        var values = pixels.map(Int.init)
        for step in [3, width * 3, 3, width * 3] {
            let length = step == 3 ? width : height
            var result = values
            for line in 0..<(values.count / 3 / length) {
                for channel in 0..<3 {
                    let start = (step == 3 ? line * width * 3 : line * 3) + channel
                    var sum = (-radius...radius).reduce(0) { $0 + values[start + min(max($1, 0), length - 1) * step] }
                    for i in 0..<length {
                        result[start + i * step] = (sum + radius) / (2 * radius + 1)
                        sum += values[start + min(i + radius + 1, length - 1) * step]
                        sum -= values[start + max(i - radius, 0) * step]
                    }
                }
            }
            values = result
        }
        return try Image(width: width, height: height, pixels: values.map { UInt8($0) })
    }

    fileprivate func cutLeft(_ columns: Int) throws -> Image {
        var rows: [UInt8] = []
        for y in 0..<height {
            let start = (y * width + columns) * 3
            rows += pixels[start..<((y + 1) * width * 3)]
        }
        return try Image(width: width - columns, height: height, pixels: rows)
    }

    /// Clockwise.
    fileprivate func quarterTurned() throws -> Image {
        var result = [UInt8]()
        result.reserveCapacity(pixels.count)
        for y in 0..<width {
            for x in 0..<height {
                let start = ((height - 1 - x) * width + y) * 3
                result += pixels[start..<(start + 3)]
            }
        }
        return try Image(width: height, height: width, pixels: result)
    }
}
