import CVips
import Faceprint
import FaceprintFiles

extension Image {
    /// Decodes a photo: JPEG, PNG, WebP, HEIC/AVIF or TIFF, recognised by content.
    ///
    /// The picture is turned as its EXIF orientation says; greyscale, palette, 16-bit and CMYK pixels become
    /// 8-bit RGB, and transparent ones lie on white. Of several pages the first is taken. RGB values stay as
    /// they are, also under a colour profile. Any number of threads may decode at once.
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
        let photo: Result<Image, ImagingError> = bytes.withUnsafeBytes { bytes in
            do throws(ImagingError) {
                if bytes.dropFirst(4).starts(with: "ftyp".utf8) { Vips.loadHEIF() }
                return .success(
                    try VipsErrors.attributed { () throws(ImagingError) in
                        try Image(decodingAlone: bytes, name: name, limits: limits)
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
        decodingAlone bytes: UnsafeRawBufferPointer, name: String, limits: PhotoLimits
    ) throws(ImagingError) {
        guard PhotoFormat(of: bytes) != nil else {
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
            let picture = try header.rgb()
            self = header.orientation == 1 ? try picture.image() : try picture.upright().image()
        } catch {
            throw .damaged(name: name, reason: VipsErrors.take())
        }
    }
}

extension PhotoLimits {
    fileprivate func check(width: Int, height: Int, name: String) throws(ImagingError) {
        guard width <= side, height <= side else {
            throw .tooManyPixels(name: name, width: width, height: height, limit: "\(side) a side")
        }
        guard width * height <= pixels else {
            throw .tooManyPixels(name: name, width: width, height: height, limit: "\(pixels) in all")
        }
    }
}
