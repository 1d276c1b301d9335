import Foundation

/// What the luminance of an upright face tells, within an ellipse that holds brows, eyes, nose and mouth.
struct FaceLuminance {
    /// The side of the picture that is measured, whose landmarks lie on the ArcFace template.
    static let side = 112
    /// The highest luminance that counts as too dark, and the lowest that counts as too bright, as in ISO/IEC 29794-5.
    private static let (dark, bright) = (25, 247)

    /// 0…255.
    let mean: Float
    /// The share of pixels at 0…25.
    let darkShare: Float
    /// The share of pixels at 247…255.
    let brightShare: Float
    /// The entropy of the histogram in bits, 0 (one grey) to 8.
    let entropy: Float
    /// Finest details over those twice as coarse; see ``QualityComponent/sharpness``.
    let sharpness: Float

    /// - Parameter crop: `[112][112][3]`.
    init(_ crop: Image) {
        let side = Self.side
        let luminance = stride(from: 0, to: side * side * 3, by: 3).map { start -> Float in
            let (red, green, blue) = (crop.pixels[start], crop.pixels[start + 1], crop.pixels[start + 2])
            return (299 * Float(red) + 587 * Float(green) + 114 * Float(blue)) / 1000
        }
        let face = Self.ellipse
        let count = Float(face.count)
        var histogram = [Int](repeating: 0, count: 256)
        for pixel in face { histogram[Int(luminance[pixel].rounded())] += 1 }
        mean = face.reduce(0) { $0 + luminance[$1] } / count
        darkShare = Float(histogram[...Self.dark].reduce(0, +)) / count
        brightShare = Float(histogram[Self.bright...].reduce(0, +)) / count
        entropy = histogram.reduce(0) { sum, bin in
            let share = Float(bin) / count
            return bin == 0 ? sum : sum - share * log2(share)
        }
        let smooth = smoothed(luminance, radius: 1)
        let smoother = smoothed(smooth, radius: 2)
        let fine = deviation(face.map { luminance[$0] - smooth[$0] })
        let coarse = deviation(face.map { smooth[$0] - smoother[$0] })
        // What lies below half a grey level is rounding, of which a face that is blurred beyond all detail still has some.
        sharpness = max(fine * fine - 0.25, 0).squareRoot() / (coarse + 0.5)
    }

    /// The pixels of an ellipse around (56, 70), 60 wide and 72 high.
    private static let ellipse: [Int] = (0..<(side * side)).filter { pixel in
        let (x, y) = (Float(pixel % side - 56) / 30, Float(pixel / side - 70) / 36)
        return x * x + y * y <= 1
    }
}

private func deviation(_ values: [Float]) -> Float {
    let count = Float(values.count)
    let mean = values.reduce(0, +) / count
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
}

/// Each pixel the mean of the square around it. Beyond the edges, which no face's ellipse comes near, the picture goes on as at the edge.
private func smoothed(_ picture: [Float], radius: Int) -> [Float] {
    let side = FaceLuminance.side
    let reach = -radius...radius
    let share = 1 / Float(reach.count)
    let rows = picture.indices.map { pixel in
        let (x, row) = (pixel % side, pixel / side * side)
        return share * reach.reduce(0) { $0 + picture[row + min(max(x + $1, 0), side - 1)] }
    }
    return rows.indices.map { pixel in
        let (x, y) = (pixel % side, pixel / side)
        return share * reach.reduce(0) { $0 + rows[min(max(y + $1, 0), side - 1) * side + x] }
    }
}
