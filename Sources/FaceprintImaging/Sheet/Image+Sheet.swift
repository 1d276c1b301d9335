import CVips
import Faceprint

extension Image {
    /// What a camera sees of this picture on a sheet; grey where it looks past it.
    ///
    /// The face's middle, between eyes and mouth, is the sheet's, and comes to lie in the middle of the photo unless
    /// the sheet is moved.
    ///
    /// - Parameters:
    ///   - face: Found in this picture, and as good as straight.
    ///   - side: Of the square photo, in pixels.
    ///   - eyeDistance: Between the eyes of an unturned sheet, in the photo's pixels.
    /// - Throws: ``ImagingError/noSuchFace(reason:)`` for eyes in one place, and for landmarks that aren't finite.
    public func seen(
        on sheet: Sheet, face: Landmarks, side: Int = 320, eyeDistance: Float = 48
    ) throws(ImagingError) -> Image {
        let distance = face.eyeDistance
        guard distance > 0, face.points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
            throw .noSuchFace(reason: "its eyes lie in one place, or its landmarks aren't finite")
        }
        // A cubic reads 4×4 pixels; of a much finer picture it would skip most.
        let shrinking = distance / eyeDistance
        if shrinking > 1.5 {
            let (width, height) = (Float(width) / shrinking, Float(height) / shrinking)
            let smaller = resized(
                width: max(Int(width.rounded()), 1), height: max(Int(height.rounded()), 1), interpolation: .lanczos)
            let (across, along) = (Float(smaller.width) / Float(self.width), Float(smaller.height) / Float(self.height))
            let moved = face.map { Point(x: ($0.x + 0.5) * across - 0.5, y: ($0.y + 0.5) * along - 0.5) }
            return try smaller.seen(on: sheet, face: moved, side: side, eyeDistance: eyeDistance)
        }
        let camera = SheetCamera(sheet)
        let focus = Double(eyeDistance) * sheet.distance * sheet.zoom
        let (unit, middle) = (Double(distance), face.middle)
        let centre = Double(side - 1) / 2
        var places: [Float] = []
        places.reserveCapacity(side * side * 2)
        for y in 0..<side {
            for x in 0..<side {
                let place = camera.place(right: (Double(x) - centre) / focus, down: (Double(y) - centre) / focus)
                // Any place outside of the picture.
                places.append(place.map { middle.x + Float($0.x * unit) } ?? -100)
                places.append(place.map { middle.y + Float($0.y * unit) } ?? -100)
            }
        }
        return read(at: places, width: side, height: side)
    }

    /// Each new pixel from its place in this picture, by bicubic interpolation.
    ///
    /// - Parameter places: `[height][width][x, y]`.
    private func read(at places: [Float], width newWidth: Int, height newHeight: Int) -> Image {
        do {
            try Vips.start()
            guard let interpolate = vips_interpolate_new("bicubic") else { throw VipsFailure() }
            defer { g_object_unref(interpolate) }
            return try pixels.withUnsafeBytes { bytes in
                try places.withUnsafeBytes { places in
                    let map = try VipsPicture(viewingPlaces: places, width: newWidth, height: newHeight)
                    return try VipsPicture(viewing: bytes, width: width, height: height)
                        .read(at: map, interpolate).image()
                }
            }
        } catch {
            // Every image is a valid input, so only missing memory is left.
            fatalError("libvips can't map an image: \(VipsErrors.take())")
        }
    }
}

extension Landmarks {
    /// Between eyes and mouth.
    fileprivate var middle: Point {
        Point(
            x: (leftEye.x + rightEye.x + leftMouth.x + rightMouth.x) / 4,
            y: (leftEye.y + rightEye.y + leftMouth.y + rightMouth.y) / 4)
    }
}
