import Faceprint

extension Image {
    /// Writes the pixels, 0…255, to the top left of `[3][height][width]`: blue, green, red. The rest stays as it is.
    func writeBGRPlanes(into input: UnsafeMutableBufferPointer<Float>, width: Int, height: Int) {
        let plane = width * height
        precondition(
            input.count == 3 * plane && self.width <= width && self.height <= height, "the input holds the picture")
        let (blue, green, red) = (input.baseAddress!, input.baseAddress! + plane, input.baseAddress! + 2 * plane)
        pixels.withUnsafeBufferPointer { pixels in
            var source = pixels.baseAddress!
            for y in 0..<self.height {
                for i in (y * width)..<(y * width + self.width) {
                    red[i] = Float(source[0])
                    green[i] = Float(source[1])
                    blue[i] = Float(source[2])
                    source += 3
                }
            }
        }
    }
}
