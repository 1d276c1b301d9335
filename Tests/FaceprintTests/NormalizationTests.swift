import Faceprint
import TestSupport
import Testing

@Suite("Normalization")
struct NormalizationTests {
    @Test func `Unit, centered and raw are what they say at both ends and between`() {
        let unit = normalized([0, 51, 255], .unit)
        #expect((unit[0], unit[2]) == (0, 1))
        #expect(abs(unit[1] - 0.2) < 1e-7)
        #expect(normalized([0, 255, 127], .centered) == [-1, 1, -0.5 / 127.5])
        #expect(normalized([0, 128, 255], .raw) == [0, 128, 255])
    }

    @Test func `A standardized photo has mean 0 and standard deviation 1`() {
        var random = SeededRandom(seed: 3)
        // Dark and with little contrast, as a photo at night.
        let pixels = (0..<(160 * 160 * 3)).map { _ in UInt8.random(in: 10...30, using: &random) }
        let values = normalized(pixels, .standardized).map(Double.init)
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        #expect(abs(mean) < 1e-5)
        #expect(abs(variance.squareRoot() - 1) < 1e-5)
    }

    @Test func `Standardization is (x − mean) over the deviation of the whole population`() {
        // Mean 4, variance (9 + 1 + 1 + 9) / 4 = 5.
        let expected = [-3, -1, 1, 3].map { Float($0 / 5.0.squareRoot()) }
        for (found, expected) in zip(normalized([1, 3, 5, 7], .standardized), expected) {
            #expect(abs(found - expected) < 1e-6)
        }
    }

    @Test func `A photo of one colour becomes zeros, not a division by zero`() {
        for value: UInt8 in [0, 100, 255] {
            let pixels = [UInt8](repeating: value, count: 300)
            #expect(normalized(pixels, .standardized) == [Float](repeating: 0, count: 300))
        }
    }

    @Test func `The deviation is held above 1/√n`() {
        // Mean 1/4 and deviation √3/4, which is less than 1/√4: the scale is 2, not 4/√3.
        #expect(normalized([1, 0, 0, 0], .standardized) == [1.5, -0.5, -0.5, -0.5])
    }

    @Test func `A named profile is found, an unknown name lists the known ones`() throws {
        #expect(try PreprocessingProfile.named("assignment") == .assignment)
        #expect(PreprocessingProfile.assignment.normalization == .unit)
        #expect(PreprocessingProfile.assignment.interpolation == .nearest)
        #expect(PreprocessingProfile.standardized.normalization == .standardized)
        let names = PreprocessingProfile.all.map(\.name)
        #expect(Set(names).count == names.count)
        for profile in PreprocessingProfile.all { #expect(try PreprocessingProfile.named(profile.name) == profile) }
        let error = FaceprintError.unknownName(kind: "profile", name: "Assignment", known: names)
        #expect(throws: error) { try PreprocessingProfile.named("Assignment") }
        for name in names { #expect("\(error)".contains(name)) }
    }

    private func normalized(_ pixels: [UInt8], _ normalization: Normalization) -> [Float] {
        [Float](unsafeUninitializedCapacity: pixels.count) { buffer, count in
            buffer.initialize(repeating: .nan)
            normalization.apply(to: pixels, into: buffer)
            count = pixels.count
        }
    }
}
