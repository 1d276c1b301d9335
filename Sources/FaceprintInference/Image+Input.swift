import Faceprint
import FaceprintImaging
import FaceprintModels

extension ModelManifest.Input {
    /// In the order of the layout.
    func shape(batch: Int) -> [Int] {
        layout == .channelsLast ? [batch, height, width, 3] : [batch, 3, height, width]
    }
}

extension Image {
    /// Writes this picture as a model takes it: resized, normalised, in the model's order of channels.
    func write(
        for input: ModelManifest.Input, profile: PreprocessingProfile, into output: UnsafeMutableBufferPointer<Float>
    ) {
        let sized =
            width == input.width && height == input.height
            ? self : resized(width: input.width, height: input.height, interpolation: profile.interpolation)
        let pixels = input.channels == .rgb ? sized.pixels : sized.pixelsInBGR
        switch input.layout {
        case .channelsLast:
            profile.normalization.apply(to: pixels, into: output)
        case .channelsFirst:
            profile.normalization.apply(to: pixels.separatingChannels, into: output)
        }
    }

    private var pixelsInBGR: [UInt8] {
        var result = pixels
        for i in stride(from: 0, to: result.count, by: 3) { result.swapAt(i, i + 2) }
        return result
    }
}

extension [UInt8] {
    /// All first channels, then all second ones, then all third ones.
    fileprivate var separatingChannels: [UInt8] {
        (0..<3).flatMap { channel in stride(from: channel, to: count, by: 3).map { self[$0] } }
    }
}
