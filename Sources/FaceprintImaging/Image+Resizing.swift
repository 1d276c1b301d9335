import CVips
import Faceprint

extension Image {
    /// Resized to exactly that size; the aspect ratio is not kept.
    ///
    /// ``PreprocessingProfile/Interpolation/lanczos`` shrinks by Lanczos (three lobes) with the blur that keeps
    /// fine patterns from turning into coarse ones, and enlarges by bicubic interpolation.
    ///
    /// - Precondition: both sides are in 1…20,000.
    public func resized(
        width newWidth: Int, height newHeight: Int, interpolation: PreprocessingProfile.Interpolation
    ) -> Image {
        precondition((1...20_000).contains(newWidth) && (1...20_000).contains(newHeight), "sides are in 1…20,000")
        switch interpolation {
        case .nearest:
            return resizedByNearestNeighbour(width: newWidth, height: newHeight)
        case .lanczos:
            if newWidth == width && newHeight == height { return self }
            return resizedByLanczos(width: newWidth, height: newHeight)
        }
    }

    private func resizedByLanczos(width newWidth: Int, height newHeight: Int) -> Image {
        do {
            try Vips.start()
            let resized = try pixels.withUnsafeBytes { bytes in
                try VipsPicture(viewing: bytes, width: width, height: height)
                    .reduced(width: min(width, newWidth), height: min(height, newHeight))
                    .enlarged(width: newWidth, height: newHeight)
                    .image()
            }
            precondition(resized.width == newWidth && resized.height == newHeight, "the size is exact")
            return resized
        } catch {
            // Every image is a valid input, so only missing memory is left.
            fatalError("libvips can't resize an image: \(VipsErrors.take())")
        }
    }
}

extension VipsPicture {
    /// Not larger on either side, by Lanczos.
    fileprivate func reduced(width newWidth: Int, height newHeight: Int) throws(VipsFailure) -> VipsPicture {
        let horizontal = Double(newWidth) / Double(width)
        let vertical = Double(newHeight) / Double(height)
        return try applying { fp_vips_reduce($0, $1, horizontal, vertical, VIPS_KERNEL_LANCZOS3) }
    }

    /// Not smaller on either side, by bicubic interpolation.
    ///
    /// libvips' own resize shifts what it enlarges to the top left (by 0.3 pixels from 96 to 160). Here the
    /// centre of pixel x, x + ½, comes to lie on (x + ½) · newWidth / width.
    fileprivate func enlarged(width newWidth: Int, height newHeight: Int) throws(VipsFailure) -> VipsPicture {
        guard let interpolate = vips_interpolate_new("bicubic") else { throw VipsFailure() }
        defer { g_object_unref(interpolate) }
        let dx = (Double(newWidth) / Double(width) - 1) / 2
        let dy = (Double(newHeight) / Double(height) - 1) / 2
        return try applying { fp_vips_enlarge($0, $1, CInt(newWidth), CInt(newHeight), dx, dy, interpolate) }
    }
}
