extension Image {
    /// Left and right exchanged.
    public var mirrored: Image {
        var result = pixels
        for row in stride(from: 0, to: result.count, by: width * 3) {
            for x in 0..<(width / 2) {
                let left = row + x * 3
                let right = row + (width - 1 - x) * 3
                for channel in 0..<3 { result.swapAt(left + channel, right + channel) }
            }
        }
        return Image(uncheckedWidth: width, height: height, pixels: result)
    }
}
