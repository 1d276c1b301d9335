import CKernels
import TestSupport
import Testing

@Suite("Buffer kernels")
struct BufferKernelTests {
    static let lengths = [0, 1, 15, 16, 17, 64, 1000]

    @Test(arguments: lengths)
    func `The sum of squares is in double precision`(length: Int) {
        var random = SeededRandom(seed: 31)
        let values = random.vector(length, scale: 1e4)
        let expected = values.reduce(0.0) { $0 + Double($1) * Double($1) }
        #expect(abs(fp_sum_of_squares(values, length) - expected) <= 1e-14 * expected)
    }

    @Test func `Squares that no float holds are summed all the same`() {
        let values = [Float](repeating: 1e30, count: 33)
        let expected = 33 * Double(Float(1e30)) * Double(Float(1e30))
        #expect(abs(fp_sum_of_squares(values, 33) / expected - 1) < 1e-14)
        // The 1 would be lost in a sum of floats.
        #expect(fp_sum_of_squares([65536, 1], 2) == 4_294_967_297)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity], [0, 15, 16, 32])
    func `One number that isn't finite shows in the sum, wherever it is`(number: Float, place: Int) {
        var values = [Float](repeating: 1, count: 33)
        values[place] = number
        #expect(!fp_sum_of_squares(values, 33).isFinite)
    }

    @Test(arguments: lengths)
    func `Scaling and adding go to each place`(length: Int) {
        var random = SeededRandom(seed: 32)
        let (values, others) = (random.vector(length), random.vector(length))
        var found = values
        fp_scale(&found, length, 0.3)
        #expect(found == values.map { $0 * 0.3 })
        fp_add(&found, others, length)
        #expect(found == zip(values, others).map { $0 * 0.3 + $1 })
    }
}
