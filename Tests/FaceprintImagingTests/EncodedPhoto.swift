import CVips

@testable import FaceprintImaging

/// The bytes of a photo that libvips encodes, so that no photo of a person is part of the project.
///
/// - Parameters:
///   - suffix: The format, with libvips' options in brackets: `.jpg[Q=95]`.
///   - pixel: The bands of the pixel at a column and a row.
func encodedPhoto(
    width: Int = 24, height: Int = 16, as suffix: String, interpretation: VipsInterpretation = VIPS_INTERPRETATION_sRGB,
    orientation: Int? = nil, pixel: (_ x: Int, _ y: Int) -> [UInt8] = gradient
) throws -> [UInt8] {
    try Vips.start()
    Vips.loadHEIF()
    return try VipsErrors.attributed { () throws(ImagingError) in
        let pixels = (0..<height).flatMap { y in (0..<width).flatMap { x in pixel(x, y) } }
        let picture = vips_image_new_from_memory_copy(
            pixels, pixels.count, CInt(width), CInt(height), CInt(pixels.count / width / height), VIPS_FORMAT_UCHAR)!
        defer { g_object_unref(picture) }
        picture.pointee.Type = interpretation
        if let orientation { vips_image_set_int(picture, "orientation", CInt(orientation)) }
        var bytes: UnsafeMutableRawPointer?
        var count = 0
        guard fp_vips_save(picture, suffix, &bytes, &count) == 0 else {
            throw .notEncoded(reason: VipsErrors.take())
        }
        defer { g_free(bytes) }
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
    }
}

/// A photo of 24·times × 16·times pixels, of squares of the colours of ``gradient(x:y:)``.
func enlargedPhoto(times: Int, as suffix: String) throws -> [UInt8] {
    try Vips.start()
    Vips.loadHEIF()
    let pixels = (0..<16).flatMap { y in (0..<24).flatMap { x in gradient(x: x, y: y) } }
    return try pixels.withUnsafeBytes { bytes in
        try VipsPicture(viewing: bytes, width: 24, height: 16)
            .applying { fp_vips_copy($0, $1, VIPS_INTERPRETATION_sRGB) }
            .applying { fp_vips_reduce($0, $1, Double(times), Double(times), VIPS_KERNEL_NEAREST) }
            .encoded(as: suffix)
    }
}

/// A smooth picture without a symmetry.
func gradient(x: Int, y: Int) -> [UInt8] {
    [
        UInt8(truncatingIfNeeded: 9 * x + 20), UInt8(truncatingIfNeeded: 13 * y + 10),
        UInt8(truncatingIfNeeded: 4 * x + 5 * y),
    ]
}
