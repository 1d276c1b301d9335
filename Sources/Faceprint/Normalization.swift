/// How pixel values 0…255 become a network's input numbers.
public enum Normalization: String, Hashable, Sendable, Codable, CaseIterable {
    /// `pixel / 255`, in 0…1.
    case unit
    /// Per photo `(x − mean) / max(standard deviation, 1/√n)` over all its n channel values, as FaceNet's
    /// weights were trained (the "prewhitening" of their author).
    case standardized
    /// `(pixel − 127.5) / 127.5`, in −1…1.
    case centered
    /// `pixel`, in 0…255.
    case raw

    /// Writes the normalised values of one picture, in the order of its bytes.
    ///
    /// - Precondition: `output.count == pixels.count`.
    public func apply(to pixels: [UInt8], into output: UnsafeMutableBufferPointer<Float>) {
        precondition(pixels.count == output.count, "one number a byte")
        let (offset, scale) = coefficients(for: pixels)
        for (i, pixel) in pixels.enumerated() {
            output[i] = (Float(pixel) - offset) * scale
        }
    }

    /// Every normalisation is `(pixel − offset) · scale`.
    private func coefficients(for pixels: [UInt8]) -> (offset: Float, scale: Float) {
        switch self {
        case .unit: return (0, 1 / 255)
        case .centered: return (127.5, 1 / 127.5)
        case .raw: return (0, 1)
        case .standardized:
            var sum = 0
            var sumOfSquares = 0
            for pixel in pixels {
                sum += Int(pixel)
                sumOfSquares += Int(pixel) * Int(pixel)
            }
            let count = Double(pixels.count)
            let mean = Double(sum) / count
            let deviation = (Double(sumOfSquares) / count - mean * mean).squareRoot()
            return (Float(mean), Float(1 / max(deviation, 1 / count.squareRoot())))
        }
    }
}
