import Faceprint

extension Image {
    /// The face as an alignment wants it, at a network's size.
    ///
    /// Warps read the photo by bilinear interpolation; where the face is shrunk, each pixel is the mean of a grid of
    /// readings, so that nothing is skipped. What lies outside of the photo is black.
    ///
    /// - Parameter face: Found in this photo.
    /// - Throws: ``ImagingError/noSuchFace(reason:)`` for landmarks that all lie in one place, for numbers that aren't
    ///   finite, and for a box outside of the photo.
    public func aligned(
        to face: Face, as alignment: Alignment, width: Int, height: Int
    ) throws(ImagingError) -> Image {
        switch alignment {
        case .wholePhoto:
            return resized(width: width, height: height, interpolation: .lanczos)
        case .box:
            return try cropped(to: face.box).resized(width: width, height: height, interpolation: .lanczos)
        case .arcFace, .arcFaceTight:
            guard let template = alignment.template(width: width, height: height),
                let transform = SimilarityTransform(moving: face.landmarks, onto: template),
                let inverse = transform.inverse
            else { throw .noSuchFace(reason: "its landmarks lie in one place") }
            return warped(by: inverse, width: width, height: height)
        }
    }

    /// The box with 12.5 % of its sides added at each side, as far as it lies in the photo.
    private func cropped(to box: Box) throws(ImagingError) -> Image {
        let (dx, dy) = (box.width / 8, box.height / 8)
        let edges = [box.x - dx, box.y - dy, box.x + box.width + dx, box.y + box.height + dy]
        guard edges.allSatisfy(\.isFinite) else { throw .noSuchFace(reason: "its box isn't finite") }
        let left = Int(max(edges[0], 0).rounded())
        let top = Int(max(edges[1], 0).rounded())
        let right = Int(min(edges[2], Float(width)).rounded())
        let bottom = Int(min(edges[3], Float(height)).rounded())
        guard left < right, top < bottom else { throw .noSuchFace(reason: "its box lies outside of the photo") }
        var crop: [UInt8] = []
        crop.reserveCapacity((right - left) * (bottom - top) * 3)
        for y in top..<bottom {
            crop += pixels[((y * width + left) * 3)..<((y * width + right) * 3)]
        }
        guard let image = try? Image(width: right - left, height: bottom - top, pixels: crop) else {
            preconditionFailure("a crop has as many pixels as its sides say")
        }
        return image
    }

    /// - Parameter transform: From the new picture's pixels to this one's.
    private func warped(by transform: SimilarityTransform, width newWidth: Int, height newHeight: Int) -> Image {
        // Readings a pixel and direction; beyond 16 the photo is a hundred times the network's size.
        let grid = max(1, min(Int(transform.scale.rounded(.up)), 16))
        let result = [UInt8](unsafeUninitializedCapacity: newWidth * newHeight * 3) { output, count in
            pixels.withUnsafeBufferPointer { source in
                for y in 0..<newHeight {
                    for x in 0..<newWidth {
                        var sum = SIMD3<Float>()
                        for stepY in 0..<grid {
                            for stepX in 0..<grid {
                                let place = transform(
                                    Point(
                                        x: Float(x) + (Float(stepX) + 0.5) / Float(grid) - 0.5,
                                        y: Float(y) + (Float(stepY) + 0.5) / Float(grid) - 0.5))
                                sum += reading(source, at: place)
                            }
                        }
                        let mean = (sum / Float(grid * grid)).rounded(.toNearestOrAwayFromZero)
                        let start = (y * newWidth + x) * 3
                        for channel in 0..<3 { output[start + channel] = UInt8(mean[channel]) }
                    }
                }
            }
            count = newWidth * newHeight * 3
        }
        guard let image = try? Image(width: newWidth, height: newHeight, pixels: result) else {
            preconditionFailure("a network's input has positive sides")
        }
        return image
    }

    /// The colour between four pixels, 0…255; black outside.
    @inline(__always)
    private func reading(_ source: UnsafeBufferPointer<UInt8>, at place: Point) -> SIMD3<Float> {
        guard place.x > -1, place.y > -1, place.x < Float(width), place.y < Float(height) else { return .zero }
        let (left, top) = (Int(place.x.rounded(.down)), Int(place.y.rounded(.down)))
        let (right, bottom) = (place.x - Float(left), place.y - Float(top))
        func pixel(_ x: Int, _ y: Int) -> SIMD3<Float> {
            guard x >= 0, y >= 0, x < width, y < height else { return .zero }
            let start = (y * width + x) * 3
            return SIMD3(Float(source[start]), Float(source[start + 1]), Float(source[start + 2]))
        }
        let above = pixel(left, top) * (1 - right) + pixel(left + 1, top) * right
        let below = pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right
        return above * (1 - bottom) + below * bottom
    }
}
