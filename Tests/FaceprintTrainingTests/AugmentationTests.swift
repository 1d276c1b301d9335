import Faceprint
import FaceprintImaging
import TestSupport
import Testing

@testable import FaceprintTraining

@Suite struct AugmentationTests {
    private let cut = FaceCut(alignment: .arcFace, width: 64, height: 64)
    private static let seeds = UInt64(0)..<100

    private func image(_ colour: (Int, Int) -> UInt8) throws -> Image {
        let (width, height) = (cut.outerWidth, cut.outerHeight)
        let pixels = (0..<height).flatMap { y in (0..<width).flatMap { x in [UInt8](repeating: colour(x, y), count: 3) }
        }
        return try Image(width: width, height: height, pixels: pixels)
    }

    private func changed(_ image: Image, by augmentation: Augmentation, seed: UInt64) -> Image {
        var random = SplitMix(seed: seed)
        return augmentation(image, cut, &random)
    }

    @Test func `Nothing is changed by none`() throws {
        let outer = try testImage(1, side: cut.outerWidth)
        #expect(changed(outer, by: .none, seed: 3) == cut.inner(of: outer))
    }

    @Test func `The same seed makes the same picture, another seed another`() throws {
        let outer = try testImage(1, side: cut.outerWidth)
        let pictures = Self.seeds.map { changed(outer, by: Augmentation(), seed: $0) }
        #expect(Set(pictures.map(\.pixels)).count == pictures.count)
        #expect(changed(outer, by: Augmentation(), seed: 7) == pictures[7])
    }

    @Test func `Half of the faces are mirrored`() throws {
        let outer = try testImage(1, side: cut.outerWidth)
        let inner = cut.inner(of: outer)
        var mirroring = Augmentation.none
        mirroring.mirrors = true
        let pictures = Self.seeds.map { changed(outer, by: mirroring, seed: $0) }
        #expect(pictures.allSatisfy { $0 == inner || $0 == inner.mirrored })
        #expect((35...65).contains(pictures.count { $0 == inner }))
    }

    /// The margin of the cut holds whatever the default changes can show.
    @Test func `No black comes in from outside the photo`() throws {
        let grey = try image { _, _ in 140 }
        var moving = Augmentation()
        moving.colour = 0
        for seed in Self.seeds {
            #expect(changed(grey, by: moving, seed: seed).pixels.allSatisfy { (139...141).contains($0) })
        }
    }

    @Test func `A shift is as far as it says, to all sides`() throws {
        let middle = cut.outerWidth / 2
        let dot = try image { x, y in abs(x - middle) < 3 && abs(y - middle) < 3 ? 255 : 0 }
        var shifting = Augmentation.none
        shifting.shift = 0.1
        let places = Self.seeds.map { centre(of: changed(dot, by: shifting, seed: $0)) }
        let home = centre(of: cut.inner(of: dot))
        for place in places { #expect(abs(place.x - home.x) <= 6.5 && abs(place.y - home.y) <= 6.5) }
        for side in [\Point.x, \Point.y] {
            let apart = places.map { $0[keyPath: side] - home[keyPath: side] }
            #expect(apart.min()! < -5 && apart.max()! > 5)
        }
    }

    @Test func `A change of size makes a square larger or smaller`() throws {
        let middle = cut.outerWidth / 2
        let square = try image { x, y in abs(x - middle) < 16 && abs(y - middle) < 16 ? 255 : 0 }
        var scaling = Augmentation.none
        scaling.scale = 0.25
        let own = bright(cut.inner(of: square))
        let shares = Self.seeds.map { Float(bright(changed(square, by: scaling, seed: $0))) / Float(own) }
        // The area goes with the square of the side.
        #expect(shares.min()! < 0.65 && shares.min()! > 0.5)
        #expect(shares.max()! > 1.45 && shares.max()! < 1.65)
    }

    @Test func `Colours stay near what they were`() throws {
        let grey = try image { _, _ in 128 }
        var colouring = Augmentation.none
        colouring.colour = 0.2
        let pictures = Self.seeds.map { changed(grey, by: colouring, seed: $0).pixels }
        #expect(pictures.allSatisfy { $0.allSatisfy { (96...162).contains($0) } })
        #expect(pictures.contains { $0[0] < 110 } && pictures.contains { $0[0] > 146 })
        #expect(pictures.contains { $0[0] != $0[2] }, "each channel has a change of its own")
    }

    @Test func `A tenth of the faces are blurred`() throws {
        let outer = try testImage(1, side: cut.outerWidth)
        let inner = cut.inner(of: outer)
        var blurring = Augmentation.none
        blurring.blur = 0.1
        let blurred = Self.seeds.map { changed(outer, by: blurring, seed: $0) }.filter { $0 != inner }
        #expect((3...20).contains(blurred.count))
        #expect(blurred.allSatisfy { roughness($0) < roughness(inner) })
    }

    private func centre(of image: Image) -> Point {
        var (x, y, weight): (Float, Float, Float) = (0, 0, 0)
        for place in 0..<(image.width * image.height) {
            let value = Float(image.pixels[3 * place])
            x += value * Float(place % image.width)
            y += value * Float(place / image.width)
            weight += value
        }
        return Point(x: x / weight, y: y / weight)
    }

    private func bright(_ image: Image) -> Int { image.pixels.count { $0 > 127 } }

    /// The mean difference of neighbours.
    private func roughness(_ image: Image) -> Float {
        let pixels = image.pixels
        return (3..<pixels.count).reduce(Float(0)) { $0 + abs(Float(pixels[$1]) - Float(pixels[$1 - 3])) }
            / Float(pixels.count)
    }
}
