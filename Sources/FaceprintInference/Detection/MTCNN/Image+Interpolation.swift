import Faceprint

extension Image {
    /// Writes the whole photo in another size as P-Net takes it: `[3][newHeight][newWidth]`, red, green, blue,
    /// (pixel − 127.5) / 128.
    ///
    /// The pixels are exactly those of OpenCV's `resize` by `INTER_LINEAR`, whose fixed-point arithmetic rounds down
    /// more often than up: the thresholds of the network were chosen with it, and weak faces turn on it.
    func interpolate(width newWidth: Int, height newHeight: Int, into output: UnsafeMutableBufferPointer<Float>) {
        let plane = newWidth * newHeight
        precondition(output.count == 3 * plane, "the output has the new picture's size")
        let columns = FixedPointPair.all(from: width, to: newWidth)
        let rows = FixedPointPair.all(from: height, to: newHeight)
        columns.withUnsafeBufferPointer { columns in
            pixels.withUnsafeBufferPointer { pixels in
                for (y, row) in rows.enumerated() {
                    let upper = pixels.baseAddress! + row.first * width * 3
                    let lower = pixels.baseAddress! + row.second * width * 3
                    for x in 0..<newWidth {
                        let column = columns[x]
                        for channel in 0..<3 {
                            let above = column.mean(upper, channel) >> 4
                            let below = column.mean(lower, channel) >> 4
                            let value = ((row.firstWeight * above) >> 16 + (row.secondWeight * below) >> 16 + 2) >> 2
                            output[channel * plane + y * newWidth + x] = (Float(value) - 127.5) / 128
                        }
                    }
                }
            }
        }
    }
}

/// Two neighbouring pixels along an axis, with weights in 2048ths.
private struct FixedPointPair {
    let first: Int
    let second: Int
    let firstWeight: Int32
    let secondWeight: Int32

    /// For each of the new pixels along one axis, the two nearest centres.
    static func all(from length: Int, to newLength: Int) -> [FixedPointPair] {
        let scale = Double(length) / Double(newLength)
        return (0..<newLength).map { i in
            let centre = min(max(Float((Double(i) + 0.5) * scale - 0.5), 0), Float(length - 1))
            let first = Int(centre)
            let fraction = centre - Float(first)
            return FixedPointPair(
                first: first, second: min(first + 1, length - 1),
                firstWeight: Int32(((1 - fraction) * 2048).rounded(.toNearestOrEven)),
                secondWeight: Int32((fraction * 2048).rounded(.toNearestOrEven)))
        }
    }

    /// Of one channel of a row's pixels, in 2048ths.
    func mean(_ row: UnsafePointer<UInt8>, _ channel: Int) -> Int32 {
        firstWeight * Int32(row[3 * first + channel]) + secondWeight * Int32(row[3 * second + channel])
    }
}
