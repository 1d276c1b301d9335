import CCairo
import Faceprint

extension Image {
    /// The photo with the box, the five landmarks, the number in the list and the score of each face drawn on it.
    ///
    /// Lines and text grow with the faces.
    ///
    /// - Throws: ``ImagingError/notEncoded(reason:)`` when memory is missing.
    public func drawing(_ faces: [Face]) throws(ImagingError) -> Image {
        let canvas = try Canvas(self)
        for face in faces { canvas.outline(face.box) }
        for face in faces { canvas.dot(face) }
        for (i, face) in faces.enumerated() { canvas.label(face, number: i + 1) }
        return try canvas.image()
    }

    /// The photo with boxes drawn on it, each with a text above it.
    ///
    /// - Throws: ``ImagingError/notEncoded(reason:)`` when memory is missing.
    public func drawing(_ captions: [FaceCaption]) throws(ImagingError) -> Image {
        guard !captions.isEmpty else { return self }
        let canvas = try Canvas(self)
        for caption in captions { canvas.outline(caption.box) }
        for caption in captions where !caption.text.isEmpty { canvas.label(caption.box, caption.text) }
        return try canvas.image()
    }
}

/// What is to be drawn at a face.
public struct FaceCaption: Hashable, Sendable {
    public var box: Box
    /// Empty for the box alone.
    public var text: String

    public init(box: Box, text: String) {
        self.box = box
        self.text = text
    }
}

/// A photo that cairo draws on.
private final class Canvas {
    private let surface: OpaquePointer
    private let context: OpaquePointer
    private let width: Int
    private let height: Int

    init(_ photo: Image) throws(ImagingError) {
        (width, height) = (photo.width, photo.height)
        surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, CInt(photo.width), CInt(photo.height))
        context = cairo_create(surface)
        guard cairo_status(context) == CAIRO_STATUS_SUCCESS else {
            throw .notEncoded(reason: String(cString: cairo_status_to_string(cairo_status(context))))
        }
        photo.pixels.withUnsafeBufferPointer { pixels in
            var source = pixels.baseAddress!
            for y in 0..<height {
                let row = row(y)
                for x in 0..<width {
                    row[x] = UInt32(source[0]) << 16 | UInt32(source[1]) << 8 | UInt32(source[2])
                    source += 3
                }
            }
        }
        cairo_surface_mark_dirty(surface)
        cairo_select_font_face(context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    func image() throws(ImagingError) -> Image {
        guard cairo_status(context) == CAIRO_STATUS_SUCCESS else {
            throw .notEncoded(reason: String(cString: cairo_status_to_string(cairo_status(context))))
        }
        cairo_surface_flush(surface)
        let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
            for y in 0..<height {
                let row = row(y)
                for x in 0..<width {
                    for channel in 0..<3 { buffer[count + channel] = UInt8(row[x] >> (16 - 8 * channel) & 255) }
                    count += 3
                }
            }
        }
        do {
            return try Image(width: width, height: height, pixels: pixels)
        } catch {
            throw .notEncoded(reason: "\(error)")
        }
    }

    /// A bright line on a wider dark one, which is seen on every background.
    func outline(_ box: Box) {
        let line = lineWidth(box)
        cairo_rectangle(context, Double(box.x), Double(box.y), Double(box.width), Double(box.height))
        cairo_set_source_rgba(context, 0, 0, 0, 0.55)
        cairo_set_line_width(context, 2 * line)
        cairo_stroke_preserve(context)
        cairo_set_source_rgb(context, 0.2, 0.95, 0.55)
        cairo_set_line_width(context, line)
        cairo_stroke(context)
    }

    /// Eyes, nose and corners of the mouth in a colour each kind.
    func dot(_ face: Face) {
        let radius = max(Double(face.box.width) / 45, 1.2)
        let colours = [(0.25, 0.75, 1), (0.25, 0.75, 1), (1, 0.85, 0.1), (1, 0.35, 0.6), (1, 0.35, 0.6)]
        for (point, colour) in zip(face.landmarks.points, colours) {
            // Whole numbers are the centres of pixels, and in cairo their corners.
            cairo_new_sub_path(context)
            cairo_arc(context, Double(point.x) + 0.5, Double(point.y) + 0.5, radius, 0, 2 * Double.pi)
            cairo_set_source_rgba(context, 0, 0, 0, 0.7)
            cairo_set_line_width(context, radius * 0.7)
            cairo_stroke_preserve(context)
            cairo_set_source_rgb(context, colour.0, colour.1, colour.2)
            cairo_fill(context)
        }
    }

    /// The number and the score. A small face's tag has the score alone.
    func label(_ face: Face, number: Int) {
        let hundredths = Int((face.score * 100).rounded())
        let score = hundredths >= 100 ? "1.00" : "0.\(hundredths / 10)\(hundredths % 10)"
        label(face.box, face.box.width < 60 ? score : "\(number) · \(score)")
    }

    /// A tag above the box, or within the photo where there is no room.
    func label(_ box: Box, _ text: String) {
        let size = min(max(Double(box.width) * 0.13, 9), Double(max(width, height)) / 16)
        cairo_set_font_size(context, size)
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, text, &extents)
        let margin = size * 0.3
        let (tagWidth, tagHeight) = (extents.x_advance + 2 * margin, size + margin)
        let line = lineWidth(box)
        let x = min(max(Double(box.x) - line / 2, 0), max(Double(width) - tagWidth, 0))
        let y = max(Double(box.y) - line / 2 - tagHeight, 0)
        cairo_rectangle(context, x, y, tagWidth, tagHeight)
        cairo_set_source_rgba(context, 0.05, 0.12, 0.1, 0.85)
        cairo_fill(context)
        cairo_move_to(context, x + margin, y + tagHeight / 2 + size * 0.36)
        cairo_set_source_rgb(context, 0.75, 1, 0.85)
        cairo_show_text(context, text)
    }

    private func lineWidth(_ box: Box) -> Double { max(Double(box.width) / 60, 1) }

    /// 32-bit numbers: blue, green and red from the lowest byte on.
    private func row(_ y: Int) -> UnsafeMutablePointer<UInt32> {
        let start = cairo_image_surface_get_data(surface)! + y * Int(cairo_image_surface_get_stride(surface))
        return UnsafeMutableRawPointer(start).assumingMemoryBound(to: UInt32.self)
    }
}
