import Faceprint

extension Image {
    /// The picture as a PNG file, without loss.
    ///
    /// - Throws: ``ImagingError/notEncoded(reason:)`` when memory is missing.
    public func pngData() throws(ImagingError) -> [UInt8] {
        try Vips.start()
        return try VipsErrors.attributed { () throws(ImagingError) in
            do {
                return try pixels.withUnsafeBytes { bytes in
                    try VipsPicture(viewing: bytes, width: width, height: height).encoded(as: ".png")
                }
            } catch {
                throw .notEncoded(reason: VipsErrors.take())
            }
        }
    }
}
