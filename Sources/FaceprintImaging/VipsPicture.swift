import CVips
import Faceprint

/// A picture of libvips: a lazy pipeline whose pixels are computed when they are written. Released with its owner.
struct VipsPicture: ~Copyable {
    private let pointer: UnsafeMutablePointer<VipsImage>

    private init(owning pointer: UnsafeMutablePointer<VipsImage>?) throws(VipsFailure) {
        guard let pointer else { throw VipsFailure() }
        self.pointer = pointer
    }

    deinit { g_object_unref(pointer) }

    /// Reads the header of an encoded photo. The bytes must outlive the picture.
    ///
    /// - Parameter options: Of libvips' loader, in brackets: `[shrink=2]`.
    init(opening bytes: UnsafeRawBufferPointer, options: String = "") throws(VipsFailure) {
        try self.init(owning: fp_vips_open(bytes.baseAddress, bytes.count, options))
    }

    /// Looks at 8-bit RGB pixels, `[height][width][3]`, without copying them. They must outlive the picture.
    init(viewing pixels: UnsafeRawBufferPointer, width: Int, height: Int) throws(VipsFailure) {
        try self.init(
            owning: vips_image_new_from_memory(
                pixels.baseAddress, pixels.count, CInt(width), CInt(height), 3, VIPS_FORMAT_UCHAR))
    }

    /// Looks at places in another picture, `[height][width][x, y]` in float32, without copying them. They must outlive
    /// this.
    init(viewingPlaces places: UnsafeRawBufferPointer, width: Int, height: Int) throws(VipsFailure) {
        try self.init(
            owning: vips_image_new_from_memory(
                places.baseAddress, places.count, CInt(width), CInt(height), 2, VIPS_FORMAT_FLOAT))
    }

    var width: Int { Int(vips_image_get_width(pointer)) }
    var height: Int { Int(vips_image_get_height(pointer)) }
    var bands: Int { Int(vips_image_get_bands(pointer)) }
    var format: VipsBandFormat { vips_image_get_format(pointer) }
    /// What the bands mean, where the file says nonsense guessed from their number and format.
    var interpretation: VipsInterpretation { vips_image_guess_interpretation(pointer) }
    /// The EXIF orientation, 1…8; 1 is upright.
    var orientation: Int { Int(vips_image_get_orientation(pointer)) }

    /// The ICC profile in the file.
    var profile: ColourProfile? {
        var bytes: UnsafeRawPointer?
        var count = 0
        guard vips_image_get_typeof(pointer, VIPS_META_ICC_NAME) != 0,
            vips_image_get_blob(pointer, VIPS_META_ICC_NAME, &bytes, &count) == 0, let bytes
        else { return nil }
        return ColourProfile([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
    }

    /// Gives the picture a profile; it must not be in use elsewhere yet.
    func attach(_ profile: ColourProfile) {
        vips_image_set_blob_copy(pointer, VIPS_META_ICC_NAME, profile.bytes, profile.bytes.count)
    }

    /// Makes computing the pixels fail once the time is over. The deadline must outlive that.
    func stop(at deadline: UnsafeMutablePointer<FPVipsDeadline>) { fp_vips_stop_at(pointer, deadline) }

    typealias Operation = (
        _ input: UnsafeMutablePointer<VipsImage>, _ output: UnsafeMutablePointer<UnsafeMutablePointer<VipsImage>?>
    ) -> CInt

    /// The picture after one of libvips' operations, which keeps its own reference to this one.
    func applying(_ operation: Operation) throws(VipsFailure) -> VipsPicture {
        var output: UnsafeMutablePointer<VipsImage>?
        guard operation(pointer, &output) == 0 else { throw VipsFailure() }
        return try VipsPicture(owning: output)
    }

    /// A new picture, each of whose pixels is read at its place in this one; grey outside of it.
    func read(
        at places: borrowing VipsPicture, _ interpolate: UnsafeMutablePointer<VipsInterpolate>
    ) throws(VipsFailure) -> VipsPicture {
        let map = places.pointer
        return try applying { fp_vips_map($0, $1, map, interpolate, 96) }
    }

    /// The picture with all its pixels computed, in any order of reading.
    func inMemory() throws(VipsFailure) -> VipsPicture {
        try VipsPicture(owning: vips_image_copy_memory(pointer))
    }

    /// Computes the pixels of a picture of three 8-bit bands.
    func image() throws(VipsFailure) -> Image {
        precondition(bands == 3 && format == VIPS_FORMAT_UCHAR, "an image is 8-bit RGB")
        let size = width * height * 3
        let pixels = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            guard let memory = try? VipsPicture(viewing: UnsafeRawBufferPointer(buffer), width: width, height: height),
                vips_image_write(pointer, memory.pointer) == 0
            else { return }
            count = size
        }
        guard pixels.count == size, let image = try? Image(width: width, height: height, pixels: pixels) else {
            throw VipsFailure()
        }
        return image
    }

    /// The bytes of a file of the format that the suffix names, with libvips' options in brackets: `.jpg[Q=90]`.
    func encoded(as suffix: String) throws(VipsFailure) -> [UInt8] {
        var bytes: UnsafeMutableRawPointer?
        var count = 0
        guard fp_vips_save(pointer, suffix, &bytes, &count) == 0, let bytes else { throw VipsFailure() }
        defer { g_free(bytes) }
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
    }
}
