import Faceprint

extension Image {
    /// Writes the pixels, 0…255, to the top left of `[3][height][width]`: blue, green, red. The rest stays as it is.
    ///
    /// - Parameter mirrored: Whether left and right are exchanged.
    func writeBGRPlanes(
        into input: UnsafeMutableBufferPointer<Float>, width: Int, height: Int, mirrored: Bool = false
    ) {
        let plane = width * height
        precondition(
            input.count == 3 * plane && self.width <= width && self.height <= height, "the input holds the picture")
        let (blue, green, red) = (input.baseAddress!, input.baseAddress! + plane, input.baseAddress! + 2 * plane)
        pixels.withUnsafeBufferPointer { pixels in
            var source = pixels.baseAddress!
            for y in 0..<self.height {
                var place = mirrored ? y * width + self.width - 1 : y * width
                for _ in 0..<self.width {
                    red[place] = Float(source[0])
                    green[place] = Float(source[1])
                    blue[place] = Float(source[2])
                    source += 3
                    place += mirrored ? -1 : 1
                }
            }
        }
    }
}
