/// A decoded photo: 8-bit RGB, `[height][width][3]`, top row first.
public struct Image: Hashable, Sendable {
    /// In pixels.
    public let width: Int
    /// In pixels.
    public let height: Int
    /// `height · width · 3` bytes, row by row, red, green and blue of a pixel together.
    public let pixels: [UInt8]

    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when the sides aren't positive or the
    ///   number of bytes doesn't fit them.
    public init(width: Int, height: Int, pixels: [UInt8]) throws(FaceprintError) {
        guard width > 0, height > 0 else {
            throw .wrongShape(what: "image", expected: "positive sides", found: "\(width)×\(height)")
        }
        let (area, overflow) = width.multipliedReportingOverflow(by: height)
        let (bytes, overflowOfBytes) = area.multipliedReportingOverflow(by: 3)
        guard !overflow, !overflowOfBytes, pixels.count == bytes else {
            throw .wrongShape(
                what: "image", expected: "\(width)·\(height)·3 bytes", found: "\(pixels.count) bytes")
        }
        self.width = width
        self.height = height
        self.pixels = pixels
    }
}

extension Image {
    /// Resized without interpolation: each pixel is the one nearest to its centre in the source, so the
    /// source column of column *i* is ⌊(i + ½) · width / newWidth⌋.
    ///
    /// - Precondition: both sides are positive.
    public func resizedByNearestNeighbour(width newWidth: Int, height newHeight: Int) -> Image {
        precondition(newWidth > 0 && newHeight > 0, "an image has positive sides")
        let columns = (0..<newWidth).map { (2 * $0 + 1) * width / (2 * newWidth) * 3 }
        var result = [UInt8]()
        result.reserveCapacity(newWidth * newHeight * 3)
        for y in 0..<newHeight {
            let row = (2 * y + 1) * height / (2 * newHeight) * width * 3
            for column in columns {
                result.append(contentsOf: pixels[(row + column)..<(row + column + 3)])
            }
        }
        return Image(uncheckedWidth: newWidth, height: newHeight, pixels: result)
    }

    /// How far two images of one size are apart pixel by pixel: the root mean square difference of their
    /// channel values, 0 (the same) to 1 (black and white).
    ///
    /// This is the naive comparison that embeddings replace: light, pose and a shift by a few pixels move it
    /// more than another person does.
    ///
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when the sizes differ.
    public func pixelDistance(to other: Image) throws(FaceprintError) -> Float {
        guard width == other.width, height == other.height else {
            throw .wrongShape(
                what: "image to compare pixel by pixel", expected: "\(width)×\(height)",
                found: "\(other.width)×\(other.height)")
        }
        var sum = 0
        for (a, b) in zip(pixels, other.pixels) {
            let difference = Int(a) - Int(b)
            sum += difference * difference
        }
        return Float((Double(sum) / Double(pixels.count)).squareRoot() / 255)
    }

    init(uncheckedWidth width: Int, height: Int, pixels: [UInt8]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }
}
