import Faceprint

extension Image {
    /// The picture as a JPEG file, small, for looking at.
    ///
    /// - Parameter quality: 1 to 100.
    /// - Throws: ``ImagingError/notEncoded(reason:)`` when memory is missing.
    /// - Precondition: the quality is in its range.
    public func jpegData(quality: Int = 85) throws(ImagingError) -> [UInt8] {
        precondition((1...100).contains(quality), "a quality is 1 to 100")
        try Vips.start()
        return try VipsErrors.attributed { () throws(ImagingError) in
            do {
                return try pixels.withUnsafeBytes { bytes in
                    try VipsPicture(viewing: bytes, width: width, height: height).encoded(as: ".jpg[Q=\(quality)]")
                }
            } catch {
                throw .notEncoded(reason: VipsErrors.take())
            }
        }
    }
}
