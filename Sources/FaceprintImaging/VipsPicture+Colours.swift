import CVips

extension VipsPicture {
    /// As three 8-bit bands. Greyscale, deeper and CMYK pixels are converted, transparent ones laid on white. What a
    /// profile says of RGB and grey values, ``inSRGB(_:isGrey:)`` heeds.
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

    var isCMYK: Bool { interpretation == VIPS_INTERPRETATION_CMYK }

    /// Of three 8-bit bands by that profile, the picture in sRGB. One of a profile that fits no such picture, or that
    /// can't be read, keeps its values: that is how programs without colour management show it.
    ///
    /// - Parameter isGrey: Whether the file held grey values, so that the bands are equal.
    func inSRGB(_ profile: ColourProfile, isGrey: Bool) throws(VipsFailure) -> VipsPicture {
        guard profile.movesColours, profile.space == .rgb || isGrey else {
            return try applying { fp_vips_copy($0, $1, VIPS_INTERPRETATION_sRGB) }
        }
        return try transformed(by: profile)
    }

    /// As ``inSRGB(_:isGrey:)``, whether colours move or not.
    func transformed(by profile: ColourProfile) throws(VipsFailure) -> VipsPicture {
        let values: VipsPicture
        switch profile.space {
        case .rgb:
            values = try applying { fp_vips_copy($0, $1, VIPS_INTERPRETATION_sRGB) }
        case .grey:
            values = try applying { fp_vips_extract_bands($0, $1, 0, 1) }
                .applying { fp_vips_copy($0, $1, VIPS_INTERPRETATION_B_W) }
        }
        values.attach(profile)
        return try values.applying { fp_vips_icc_transform($0, $1, "srgb", nil) }
    }

    /// In a space of red, green and blue.
    private func inkFree() throws(VipsFailure) -> VipsPicture {
        if isCMYK {
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
