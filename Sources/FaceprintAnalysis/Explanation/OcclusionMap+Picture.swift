import Faceprint

extension OcclusionMap {
    /// The face in grey with the map in colours over it: green where hiding a place makes the faces less alike, orange
    /// where it makes them more alike.
    ///
    /// - Parameters:
    ///   - face: The view as a picture, of any size.
    ///   - full: The change that has the strongest colour, above 0.
    public func picture(over face: Image, full: Float) -> Image {
        var pixels = face.pixels
        let (scaleX, scaleY) = (view.width / Float(face.width), view.height / Float(face.height))
        for y in 0..<face.height {
            for x in 0..<face.width {
                let change = change(at: Point(x: (Float(x) + 0.5) * scaleX, y: (Float(y) + 0.5) * scaleY)) / full
                let strength = 0.8 * min(abs(change), 1)
                let colour: [Float] = change > 0 ? [22, 178, 128] : [240, 112, 40]
                let place = 3 * (y * face.width + x)
                // The luma of ITU-R BT.601, a little paler, so that colours stand out.
                let grey =
                    0.299 * Float(pixels[place]) + 0.587 * Float(pixels[place + 1]) + 0.114 * Float(pixels[place + 2])
                for channel in 0..<3 {
                    let value = (1 - strength) * (32 + 0.8 * grey) + strength * colour[channel]
                    pixels[place + channel] = UInt8(min(max(value, 0), 255))
                }
            }
        }
        guard let picture = try? Image(width: face.width, height: face.height, pixels: pixels) else { return face }
        return picture
    }
}
