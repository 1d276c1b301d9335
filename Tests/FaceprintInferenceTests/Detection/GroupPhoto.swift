import Faceprint

extension Image {
    /// Photos on a black canvas, row by row.
    static func group(of photos: [Image], columns: Int, rows: Int, step: Int) throws -> Image {
        var pixels = [UInt8](repeating: 0, count: columns * rows * step * step * 3)
        for (i, photo) in photos.prefix(columns * rows).enumerated() {
            for y in 0..<photo.height {
                let start = ((i / columns * step + y) * columns * step + i % columns * step) * 3
                let row = photo.pixels[(y * photo.width * 3)..<((y + 1) * photo.width * 3)]
                pixels.replaceSubrange(start..<(start + row.count), with: row)
            }
        }
        return try Image(width: columns * step, height: rows * step, pixels: pixels)
    }

    /// Means of 4 by 4 pixels.
    func quarter() throws -> Image {
        let (newWidth, newHeight) = (width / 4, height / 4)
        var sums = [Int](repeating: 8, count: newWidth * newHeight * 3)
        for y in 0..<(newHeight * 4) {
            for x in 0..<(newWidth * 4) {
                for c in 0..<3 {
                    sums[(y / 4 * newWidth + x / 4) * 3 + c] += Int(pixels[(y * width + x) * 3 + c])
                }
            }
        }
        return try Image(width: newWidth, height: newHeight, pixels: sums.map { UInt8($0 / 16) })
    }

    /// Turned around its middle by ±30°, in whole numbers; the sine is ±32768, in 65536ths.
    func turned(sine: Int) throws -> Image {
        var result = [UInt8](repeating: 0, count: pixels.count)
        for row in 0..<height {
            for column in 0..<width {
                let (x, y) = (column - width / 2, row - height / 2)
                let fromX = ((x * 56756 + y * sine + 32768) >> 16) + width / 2
                let fromY = ((y * 56756 - x * sine + 32768) >> 16) + height / 2
                guard (0..<width).contains(fromX), (0..<height).contains(fromY) else { continue }
                for c in 0..<3 { result[(row * width + column) * 3 + c] = pixels[(fromY * width + fromX) * 3 + c] }
            }
        }
        return try Image(width: width, height: height, pixels: result)
    }
}
