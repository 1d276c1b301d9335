import Faceprint
import FaceprintModels
import TestSupport
import Testing

@testable import FaceprintInference

/// How a picture is laid out for a network.
@Suite struct InputTests {
    /// Two pixels: (1, 2, 3) and (4, 5, 6).
    private let image = try! Image(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])

    private func written(
        _ layout: ModelManifest.Input.Layout, _ channels: ModelManifest.Input.ChannelOrder
    ) -> [Float] {
        let input = ModelManifest.Input(name: "x", width: 2, height: 1, layout: layout, channels: channels)
        return [Float](unsafeUninitializedCapacity: 6) { buffer, count in
            image.write(for: input, normalization: .raw, into: buffer)
            count = 6
        }
    }

    @Test func everyLayoutAndOrderOfChannels() {
        #expect(written(.channelsLast, .rgb) == [1, 2, 3, 4, 5, 6])
        #expect(written(.channelsLast, .bgr) == [3, 2, 1, 6, 5, 4])
        #expect(written(.channelsFirst, .rgb) == [1, 4, 2, 5, 3, 6])
        #expect(written(.channelsFirst, .bgr) == [3, 6, 2, 5, 1, 4])
    }
}
