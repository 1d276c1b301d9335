import Faceprint

extension FaceInPhoto {
    /// The photo with a square of the face painted grey.
    ///
    /// - Parameters:
    ///   - view: Of this face.
    ///   - middle: Of the square, in the view's points.
    ///   - side: Of the square, likewise.
    func hiding(_ middle: Point, side: Float, in view: FaceView) -> FaceInPhoto {
        guard let toView = view.toPhoto.inverse else { return self }
        let half = side / 2
        let bounds = view.bounds(
            left: middle.x - half, top: middle.y - half, right: middle.x + half, bottom: middle.y + half)
        let columns = Self.pixels(from: bounds.x, bounds.width, of: photo.width)
        let rows = Self.pixels(from: bounds.y, bounds.height, of: photo.height)
        var pixels = photo.pixels
        for y in rows {
            for x in columns {
                let point = toView(Point(x: Float(x), y: Float(y)))
                guard abs(point.x - middle.x) <= half, abs(point.y - middle.y) <= half else { continue }
                let place = 3 * (y * photo.width + x)
                for channel in 0..<3 { pixels[place + channel] = 128 }
            }
        }
        guard let painted = try? Image(width: photo.width, height: photo.height, pixels: pixels) else { return self }
        return FaceInPhoto(photo: painted, face: face)
    }

    /// As much of the photo as any alignment reads of this face, so that copies of it are small.
    func surroundings(_ view: FaceView) -> FaceInPhoto {
        guard let box = face?.box else { return self }
        let square = view.bounds(left: -2, top: -2, right: view.width + 2, bottom: view.height + 2)
        let (dx, dy) = (box.width / 8 + 2, box.height / 8 + 2)
        let (left, top) = (min(square.x, box.x - dx), min(square.y, box.y - dy))
        let right = max(square.x + square.width, box.x + box.width + dx)
        let bottom = max(square.y + square.height, box.y + box.height + dy)
        let columns = Self.pixels(from: left, right - left, of: photo.width)
        let rows = Self.pixels(from: top, bottom - top, of: photo.height)
        guard !columns.isEmpty, !rows.isEmpty else { return self }
        return cut(columns: columns, rows: rows)
    }

    /// The pixels of a row or column that a stretch of it touches; none for one that isn't finite.
    private static func pixels(from start: Float, _ length: Float, of count: Int) -> Range<Int> {
        let (first, end) = (max(start.rounded(.down), 0), min((start + length).rounded(.up) + 1, Float(count)))
        guard first.isFinite, end.isFinite, first < end else { return 0..<0 }
        return Int(first)..<Int(end)
    }
}
