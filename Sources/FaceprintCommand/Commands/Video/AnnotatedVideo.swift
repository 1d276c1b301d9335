import Faceprint
import FaceprintImaging
import FaceprintVideo

/// The video with boxes and names, drawn and written on a thread of its own.
final class AnnotatedVideo {
    private struct Picture: Sendable {
        let frame: VideoFrame
        let captions: [FaceCaption]
    }

    private let pictures = Handoff<Picture>(capacity: 8)
    private let writing: Background<Void>

    /// - Parameter path: Ends in `.mp4`, `.mkv` or `.ts`.
    /// - Throws: `VideoError.unknownContainer` for another one.
    init(_ path: String) throws {
        try VideoWriter.container(of: path)
        writing = Background { [pictures] in
            // Whoever hands pictures over isn't to wait for one that failed.
            defer { pictures.close() }
            var writer: VideoWriter?
            while let picture = try pictures.next() {
                let image = picture.frame.image
                let video = try writer ?? VideoWriter(path, width: image.width, height: image.height)
                writer = video
                try video.append(try image.drawing(picture.captions), at: picture.frame.time)
            }
            try writer?.finish()
        }
    }

    deinit { pictures.close() }

    /// - Throws: Why no more can be written.
    func append(_ frame: VideoFrame, _ visible: [VideoRecognizer.Visible]) throws {
        if !pictures.put(Picture(frame: frame, captions: visible.map(\.caption))) { try writing.value() }
    }

    /// - Throws: Why it can't be written.
    func finish() throws {
        pictures.close()
        try writing.value()
    }
}

extension VideoRecognizer.Visible {
    fileprivate var caption: FaceCaption {
        let text =
            if let match = decision?.match {
                "\(match.person) \(formatted(match.distance))"
            } else {
                decision == nil ? "…" : "not in the database"
            }
        return FaceCaption(box: box, text: text)
    }
}
