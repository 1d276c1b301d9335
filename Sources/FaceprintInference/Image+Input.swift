import Faceprint
import FaceprintImaging
import FaceprintModels

extension ModelManifest.Input {
    /// In the order of the layout.
    func shape(batch: Int) -> [Int] {
        layout == .channelsLast ? [batch, height, width, 3] : [batch, 3, height, width]
    }
}

extension FaceInPhoto {
    /// The face as a model sees it: cut out and brought to the input's size.
    func picture(for input: ModelManifest.Input, profile: PreprocessingProfile) throws -> Image {
        if profile.alignment.needsFace {
            guard let face else { throw InferenceError.noFaceGiven(profile: profile.name) }
            return try photo.aligned(to: face, as: profile.alignment, width: input.width, height: input.height)
        }
        if photo.width == input.width && photo.height == input.height { return photo }
        return photo.resized(width: input.width, height: input.height, interpolation: profile.interpolation)
    }
}

extension Image {
    /// Writes this picture, of the input's size, as a model takes it: normalised, in the model's order of channels.
    func write(
        for input: ModelManifest.Input, normalization: Normalization, into output: UnsafeMutableBufferPointer<Float>
    ) {
        let pixels = input.channels == .rgb ? self.pixels : pixelsInBGR
        switch input.layout {
        case .channelsLast:
            normalization.apply(to: pixels, into: output)
        case .channelsFirst:
            normalization.apply(to: pixels.separatingChannels, into: output)
        }
    }

    private var pixelsInBGR: [UInt8] {
        var result = pixels
        for i in stride(from: 0, to: result.count, by: 3) { result.swapAt(i, i + 2) }
        return result
    }
}

extension ArraySlice<Image> {
    /// Writes these pictures one after another, and zeros after them.
    func write(
        for input: ModelManifest.Input, normalization: Normalization, into output: UnsafeMutableBufferPointer<Float>
    ) {
        let picture = input.width * input.height * 3
        for (i, image) in enumerated() {
            let place = UnsafeMutableBufferPointer(rebasing: output[(i * picture)..<((i + 1) * picture)])
            image.write(for: input, normalization: normalization, into: place)
        }
        output[(count * picture)...].update(repeating: 0)
    }
}

extension [UInt8] {
    /// All first channels, then all second ones, then all third ones.
    fileprivate var separatingChannels: [UInt8] {
        (0..<3).flatMap { channel in stride(from: channel, to: count, by: 3).map { self[$0] } }
    }
}
