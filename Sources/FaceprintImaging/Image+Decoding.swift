import CVips
import Faceprint
import FaceprintFiles

extension Image {
    /// Decodes a photo: JPEG, PNG, WebP, HEIC/AVIF, TIFF or GIF, recognised by content.
    ///
    /// The picture is turned as its EXIF orientation says; greyscale, palette, 16-bit and CMYK pixels become
    /// 8-bit RGB, and transparent ones lie on white. Of several pages or frames the first is taken. Colours
    /// are converted to sRGB by the profile in the file; values under a profile of sRGB, under one that can't be
    /// read and under none stay as they are. Large photos are shrunk: see ``PhotoLimits/keptSide``. Any number of threads may decode at once.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: What messages call the photo.
    ///   - limits: Checked before pixels are decoded.
    /// - Throws: ``ImagingError``, also for a photo that is cut short: there are no half grey pictures.
    public init(
        decoding bytes: [UInt8], name: String, limits: PhotoLimits = .standard
    ) throws(ImagingError) {
        guard !bytes.isEmpty else { throw .empty(name: name) }
        guard bytes.count <= limits.bytes else {
            throw .tooManyBytes(name: name, found: bytes.count, limit: limits.bytes)
        }
        try Vips.start()
        var deadline = FPVipsDeadline(end: limits.end, expired: 0)
        let photo: Result<Image, ImagingError> = bytes.withUnsafeBytes { bytes in
            do throws(ImagingError) {
                if bytes.dropFirst(4).starts(with: "ftyp".utf8) { Vips.loadHEIF() }
                return .success(
                    try VipsErrors.attributed { () throws(ImagingError) in
                        try Image(decodingAlone: bytes, name: name, limits: limits, deadline: &deadline)
                    })
            } catch {
                return .failure(error)
            }
        }
        self = try photo.get()
    }

    /// Reads and decodes a file.
    ///
    /// - Parameters:
    ///   - path: The file. Its name plays no part in finding the format.
    ///   - limits: Checked before the file is read and before pixels are decoded.
    /// - Throws: ``ImagingError``.
    public init(contentsOf path: String, limits: PhotoLimits = .standard) throws(ImagingError) {
        self = try Photo(contentsOf: path, limits: limits).image
    }

    private init(
        decodingAlone bytes: UnsafeRawBufferPointer, name: String, limits: PhotoLimits,
        deadline: UnsafeMutablePointer<FPVipsDeadline>
    ) throws(ImagingError) {
        guard let format = PhotoFormat(of: bytes) else {
            switch ForeignContent(of: bytes) {
            case .headless(let format): throw .damaged(name: name, reason: "the header of the \(format) is unreadable")
            case .format(let format): throw .unsupportedFormat(name: name, format: format)
            case .other(let content): throw .notAPhoto(name: name, content: content)
            }
        }
        let header: VipsPicture
        do throws(VipsFailure) {
            header = try VipsPicture(opening: bytes)
        } catch {
            throw .damaged(name: name, reason: VipsErrors.take())
        }
        try limits.check(width: header.width, height: header.height, name: name)
        do throws(VipsFailure) {
            let factor = limits.shrinkFactor(width: header.width, height: header.height)
            var picture = try header.shrunkRGB(by: factor, format: format, bytes: bytes)
            if limits.convertsColours { picture = try header.inSRGB(picture) }
            picture.stop(at: deadline)
            let image = header.orientation == 1 ? try picture.image() : try picture.upright().image()
            // A photo that is decoded at one go, or nearly so, isn't stopped in between.
            guard g_get_monotonic_time() < deadline.pointee.end else {
                deadline.pointee.expired = 1
                throw VipsFailure()
            }
            self = image
        } catch {
            if deadline.pointee.expired != 0 { throw .tooSlow(name: name, limit: limits.seconds) }
            throw .damaged(name: name, reason: VipsErrors.take())
        }
    }
}

extension VipsPicture {
    /// The photo of this header as three 8-bit bands, at a part of its size.
    fileprivate func shrunkRGB(
        by factor: Int, format: PhotoFormat, bytes: UnsafeRawBufferPointer
    ) throws(VipsFailure) -> VipsPicture {
        var picture: VipsPicture
        if factor > 1, let option = format.option(shrinkingBy: factor) {
            picture = try VipsPicture(opening: bytes, options: option).rgb()
        } else {
            picture = try rgb()
            if factor > 1 { picture = try picture.applying { fp_vips_shrink($0, $1, CInt(factor)) } }
        }
        return picture
    }

    /// That photo by the profile in this header. CMYK has had its profile applied already.
    fileprivate func inSRGB(_ photo: consuming VipsPicture) throws(VipsFailure) -> VipsPicture {
        guard !isCMYK, let profile else { return photo }
        return try photo.inSRGB(profile, isGrey: bands <= 2)
    }
}

extension PhotoLimits {
    /// The time by which decoding that starts now must be done, in microseconds of GLib's clock.
    fileprivate var end: gint64 {
        g_get_monotonic_time() + gint64(min(max(seconds, 0), 1_000_000_000) * 1_000_000)
    }

    fileprivate func check(width: Int, height: Int, name: String) throws(ImagingError) {
        guard width <= side, height <= side else {
            throw .tooManyPixels(name: name, width: width, height: height, limit: "\(side) a side")
        }
        guard width * height <= pixels else {
            throw .tooManyPixels(name: name, width: width, height: height, limit: "\(pixels) in all")
        }
    }
}
