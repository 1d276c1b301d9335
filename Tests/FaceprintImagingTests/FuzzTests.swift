import Faceprint
import TestSupport
import Testing

@testable import FaceprintImaging

/// Damaged photos decode or throw; nothing else.
@Suite struct FuzzTests {
    @Test(arguments: [
        (".jpg[Q=80]", 1500), (".jpg[Q=80,interlace]", 1000), (".jpg[profile=p3]", 500), (".png", 1500),
        (".png[profile=p3]", 500), (".webp", 1000), (".webp[lossless]", 1000), (".tif[compression=lzw]", 1000),
        (".tif[tile,compression=jpeg]", 800), (".gif", 800), (".heic", 200), (".avif", 200),
    ])
    func mutationsNeverCrash(suffix: String, count: Int) throws {
        let photo: [UInt8]
        do {
            photo = try encodedPhoto(as: suffix, orientation: 6)
        } catch {
            print("skipped: this libvips can't write \(suffix): \(error)")
            return
        }
        var random = SeededRandom(seed: 1)
        var refused = 0
        for _ in 0..<count {
            let mutation = photo.mutated(by: &random)
            do throws(ImagingError) {
                let image = try Image(decoding: mutation, name: suffix, limits: PhotoLimits(pixels: 1_000_000))
                #expect(image.pixels.count == image.width * image.height * 3)
            } catch {
                #expect("\(error)".contains("“\(suffix)”"))
                refused += 1
            }
        }
        #expect(refused > 0, "the mutations are too mild to test anything")
    }

    @Test(arguments: [".jpg", ".png", ".webp", ".tif", ".gif", ".heic"])
    func noiseAfterAValidHeaderNeverCrashes(suffix: String) throws {
        guard let photo = try? encodedPhoto(as: suffix) else {
            return print("skipped: this libvips can't write \(suffix)")
        }
        var random = SeededRandom(seed: 2)
        for length in [12, 16, 32, 64, 128] {
            for _ in 0..<30 {
                let noise = (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) }
                // Noise that decodes would be a miracle, noise that is refused must name the photo.
                let error = decodingError(photo.prefix(length) + noise, limits: PhotoLimits(pixels: 1_000_000))
                #expect(error.map { "\($0)".contains("“photo”") } ?? true)
            }
        }
    }
}

extension [UInt8] {
    /// With some bytes changed, a piece removed or doubled, or the end cut off.
    fileprivate func mutated(by random: inout SeededRandom) -> [UInt8] {
        var result = self
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0..<result.count, using: &random)
            let end = Swift.min(result.count, place + Int.random(in: 1...16, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0: result.replaceSubrange(place..<end, with: [])
            case 1: result.insert(contentsOf: result[place..<end], at: place)
            case 2: result.removeSubrange((place + 1)...)
            case 3: result[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random)!
            default: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            if result.isEmpty { return self }
        }
        return result
    }
}
