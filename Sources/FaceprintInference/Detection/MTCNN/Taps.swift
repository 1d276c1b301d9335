/// For each of the new pixels along one axis, the pixels that it is a weighted mean of.
///
/// The weights are those of OpenCV's `resize` by `INTER_AREA`, with which MTCNN's networks are used.
struct Taps {
    /// Taps of each new pixel.
    let count: Int
    /// `[newLength][count]`, all within the photo.
    private(set) var places: [Int]
    /// `[newLength][count]`; 0 for pixels beyond the photo's edges, which are black.
    private(set) var weights: [Float]

    /// A part of the side of a photo, as means over the areas of the new pixels; where that enlarges, interpolated.
    ///
    /// - Parameters:
    ///   - start: Of the part; it may lie beyond the photo's edges.
    ///   - part: Its length, in pixels.
    ///   - length: Of the photo's side.
    init(averaging part: Int, from start: Int, of length: Int, to newLength: Int) {
        let scale = Double(part) / Double(newLength)
        guard scale >= 1 else {
            self.init(count: 2, newLength: newLength)
            for i in 0..<newLength {
                let first = Int(Double(i) * scale)
                let beyond = Double(i + 1) - Double(first + 1) / scale
                let fraction = first + 1 < part ? max(beyond, 0) : 0
                setPair(i, first: start + first, fraction: fraction - fraction.rounded(.down), length: length)
            }
            return
        }
        self.init(count: Int(scale.rounded(.up)) + 1, newLength: newLength)
        for i in 0..<newLength {
            let (left, right) = (Double(i) * scale, Double(i + 1) * scale)
            for tap in 0..<count {
                let pixel = Int(left) + tap
                let common = min(right, Double(pixel + 1)) - max(left, Double(pixel))
                if common > 0 { set(i, tap, place: start + pixel, weight: common / scale, length: length) }
            }
        }
    }

    private init(count: Int, newLength: Int) {
        self.count = count
        places = Array(repeating: 0, count: count * newLength)
        weights = Array(repeating: 0, count: count * newLength)
    }

    private mutating func setPair(_ i: Int, first: Int, fraction: Double, length: Int) {
        set(i, 0, place: first, weight: 1 - fraction, length: length)
        set(i, 1, place: first + 1, weight: fraction, length: length)
    }

    private mutating func set(_ i: Int, _ tap: Int, place: Int, weight: Double, length: Int) {
        guard (0..<length).contains(place) else { return }
        places[i * count + tap] = place
        weights[i * count + tap] = Float(weight)
    }
}
