import CFFmpeg
import Faceprint

/// Turns FFmpeg's frames of any size and form into pictures.
final class FrameConverter {
    private var context: OpaquePointer?

    deinit { sws_freeContext(context) }

    /// - Parameter quarterTurns: Clockwise, 0…3, after which it stands upright.
    /// - Returns: nil for a form of pixels that can't be converted.
    func image(_ frame: UnsafeMutablePointer<AVFrame>, quarterTurns: Int) -> Image? {
        let (width, height) = (frame.pointee.width, frame.pointee.height)
        context = sws_getCachedContext(
            context, width, height, AVPixelFormat(frame.pointee.format), width, height, AV_PIX_FMT_RGB24,
            CInt(SWS_BILINEAR), nil, nil, nil)
        guard let context else { return nil }
        let coefficients = sws_getCoefficients(frame.pointee.matrix)
        // Fails for forms that have no matrix, which don't need it.
        _ = sws_setColorspaceDetails(
            context, coefficients, frame.pointee.color_range == AVCOL_RANGE_JPEG ? 1 : 0, coefficients, 1, 0, 1 << 16,
            1 << 16)
        let size = Int(width) * Int(height) * 3
        // The conversion may write some bytes beyond the end of a line.
        let pixels = [UInt8](unsafeUninitializedCapacity: size + 64) { buffer, count in
            var planes: [UnsafeMutablePointer<UInt8>?] = [buffer.baseAddress, nil, nil, nil]
            var strides: [CInt] = [3 * width, 0, 0, 0]
            let rows = withUnsafePointer(to: &frame.pointee.data.0) { data in
                data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) { data in
                    sws_scale(context, data, &frame.pointee.linesize.0, 0, height, &planes, &strides)
                }
            }
            count = rows == height ? size : 0
        }
        return try? Image(width: Int(width), height: Int(height), pixels: pixels).turned(quarterTurns)
    }
}

extension AVFrame {
    /// How its colours are written: as it says, or as is usual for its size.
    fileprivate var matrix: CInt {
        switch colorspace {
        case AVCOL_SPC_BT709: SWS_CS_ITU709
        case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: SWS_CS_BT2020
        case AVCOL_SPC_UNSPECIFIED where height >= 720: SWS_CS_ITU709
        default: SWS_CS_ITU601
        }
    }
}

extension Image {
    /// - Parameter quarters: Clockwise.
    func turned(_ quarters: Int) throws(FaceprintError) -> Image {
        guard quarters % 4 != 0 else { return self }
        let (columns, rows) = quarters % 2 == 0 ? (width, height) : (height, width)
        let turned = [UInt8](unsafeUninitializedCapacity: pixels.count) { buffer, count in
            var place = 0
            for y in 0..<rows {
                for x in 0..<columns {
                    let (fromX, fromY) =
                        switch quarters % 4 {
                        case 1: (y, height - 1 - x)
                        case 2: (width - 1 - x, height - 1 - y)
                        default: (width - 1 - y, x)
                        }
                    let from = 3 * (fromY * width + fromX)
                    for channel in 0..<3 { buffer[place + channel] = pixels[from + channel] }
                    place += 3
                }
            }
            count = place
        }
        return try Image(width: columns, height: rows, pixels: turned)
    }
}
