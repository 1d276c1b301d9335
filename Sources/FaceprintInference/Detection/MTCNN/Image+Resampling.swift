import Faceprint

extension Image {
    /// Writes the picture that the taps describe as MTCNN's networks take it: `[3][rows][columns]`, red, green, blue,
    /// (pixel − 127.5) / 128.
    func resample(columns: Taps, rows: Taps, into output: UnsafeMutableBufferPointer<Float>) {
        let width = columns.places.count / columns.count
        let height = rows.places.count / rows.count
        let plane = width * height
        precondition(output.count == 3 * plane, "the output has the new picture's size")
        let stride = self.width * 3
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * width) { sums in
            pixels.withUnsafeBufferPointer { pixels in
                for y in 0..<height {
                    sums.initialize(repeating: 0)
                    for tap in (y * rows.count)..<((y + 1) * rows.count) where rows.weights[tap] != 0 {
                        let row = pixels.baseAddress! + rows.places[tap] * stride
                        Self.add(row, weight: rows.weights[tap], columns: columns, to: sums)
                    }
                    for x in 0..<width {
                        for channel in 0..<3 {
                            let value = sums[3 * x + channel].rounded(.toNearestOrEven)
                            output[channel * plane + y * width + x] = (value - 127.5) / 128
                        }
                    }
                }
            }
        }
    }

    /// Adds one row, resampled and weighted.
    private static func add(
        _ row: UnsafePointer<UInt8>, weight: Float, columns: Taps, to sums: UnsafeMutableBufferPointer<Float>
    ) {
        columns.places.withUnsafeBufferPointer { places in
            columns.weights.withUnsafeBufferPointer { weights in
                var tap = 0
                for x in 0..<(places.count / columns.count) {
                    var (red, green, blue) = (Float(0), Float(0), Float(0))
                    for _ in 0..<columns.count {
                        let pixel = row + 3 * places[tap]
                        red += weights[tap] * Float(pixel[0])
                        green += weights[tap] * Float(pixel[1])
                        blue += weights[tap] * Float(pixel[2])
                        tap += 1
                    }
                    sums[3 * x] += weight * red
                    sums[3 * x + 1] += weight * green
                    sums[3 * x + 2] += weight * blue
                }
            }
        }
    }
}
