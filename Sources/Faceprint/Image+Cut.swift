extension Image {
    /// A part of the picture.
    ///
    /// - Precondition: Both stretches lie within the picture, and aren't empty.
    package func cut(columns: Range<Int>, rows: Range<Int>) -> Image {
        precondition(!columns.isEmpty && !rows.isEmpty, "a part of a picture has pixels")
        var part: [UInt8] = []
        part.reserveCapacity(3 * columns.count * rows.count)
        for y in rows {
            part += pixels[(3 * (y * width + columns.lowerBound))..<(3 * (y * width + columns.upperBound))]
        }
        return Image(uncheckedWidth: columns.count, height: rows.count, pixels: part)
    }
}

extension FaceInPhoto {
    /// The same face in a part of its photo.
    ///
    /// - Precondition: Both stretches lie within the photo, and aren't empty.
    package func cut(columns: Range<Int>, rows: Range<Int>) -> FaceInPhoto {
        let (left, top) = (Float(columns.lowerBound), Float(rows.lowerBound))
        var moved = face
        moved?.box.x -= left
        moved?.box.y -= top
        if let face { moved?.landmarks = face.landmarks.map { Point(x: $0.x - left, y: $0.y - top) } }
        return FaceInPhoto(photo: photo.cut(columns: columns, rows: rows), face: moved)
    }
}
