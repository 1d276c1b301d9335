import CVips

extension VipsPicture {
    /// As three 8-bit bands. Greyscale, deeper and CMYK pixels are converted, transparent ones laid on white.
    ///
    /// RGB values stay as they are, whatever profile the photo carries: so do the decoders that FaceNet's
    /// weights were trained and measured with.
    func rgb() throws(VipsFailure) -> VipsPicture {
        var picture = try inkFree()
        if picture.format != VIPS_FORMAT_UCHAR {
            picture = try picture.applying { fp_vips_cast($0, $1, VIPS_FORMAT_UCHAR) }
        }
        if picture.bands == 4 {
            picture = try picture.applying { fp_vips_flatten($0, $1, 255) }
        } else if picture.bands > 4 {
            picture = try picture.applying { fp_vips_extract_bands($0, $1, 0, 3) }
        }
        return picture
    }

    /// In a space of red, green and blue.
    private func inkFree() throws(VipsFailure) -> VipsPicture {
        if interpretation == VIPS_INTERPRETATION_CMYK {
            // By the profile in the photo, or else by libvips' own of a common printing press.
            return try applying { fp_vips_icc_transform($0, $1, "srgb", "cmyk") }
        }
        return try applying { fp_vips_colourspace($0, $1, VIPS_INTERPRETATION_sRGB) }
    }

    /// Turned and mirrored as the EXIF orientation says.
    func upright() throws(VipsFailure) -> VipsPicture {
        // Photos are decoded from top to bottom; turning needs the last row first.
        try inMemory().applying { fp_vips_autorotate($0, $1) }
    }
}
