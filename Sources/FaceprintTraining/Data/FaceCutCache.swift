import Faceprint
import FaceprintFiles
import FaceprintImaging
import Foundation

/// Faces cut out of their photos once, and kept in a folder: the next run with the same photos finds them there,
/// wherever the photos have moved.
public struct FaceCutCache: Sendable {
    public let cut: FaceCut
    private let folder: String
    private let detector: (any FaceDetector)?
    private let selection: FaceSelection

    /// - Parameters:
    ///   - folder: Is made when it is missing; each way of cutting has a folder in it.
    ///   - detector: May be nil for alignments that take whole photos.
    ///   - selection: Whom a photo with several faces shows.
    /// - Throws: `FileError` when the folder can't be made.
    public init(
        folder: String, cut: FaceCut, detector: (any FaceDetector)?, selection: FaceSelection = .largest
    ) throws(FileError) {
        self.cut = cut
        self.folder = "\(folder)/\(cut.name)-\(selection)"
        self.detector = detector
        self.selection = selection
        try DataFolder(path: self.folder).make()
    }

    /// A face that is in the folder.
    public struct Entry: Hashable, Sendable {
        fileprivate let path: String
        /// The SHA-256 of the photo, 64 lower-case hexadecimal digits.
        public let digest: String
    }

    /// Finds or makes the cut of each photo, on all cores.
    ///
    /// - Parameter progress: Is called with the number of photos done since the last call.
    /// - Returns: For each photo its cut, or why it has none: the photo is damaged, or nobody is on it.
    /// - Throws: What concerns all photos, such as a full disk.
    public func entries(
        for photos: [LabelledPhoto], progress: (Int) -> Void = { _ in }
    ) throws -> [Result<Entry, any Error>] {
        var results: [Result<Entry, any Error>] = []
        for start in stride(from: 0, to: photos.count, by: Self.groupSize) {
            let group = Array(photos[start..<min(start + Self.groupSize, photos.count)])
            results += try concurrentMap(group) { photo in try entry(for: photo) }
            progress(group.count)
        }
        return results
    }

    /// The cut, `outerWidth`×`outerHeight`.
    public func image(_ entry: Entry) throws -> Image {
        let bytes = try File.read(entry.path, limit: byteCount)
        return try Image(width: cut.outerWidth, height: cut.outerHeight, pixels: bytes)
    }

    private static let groupSize = 32

    private var byteCount: Int { cut.outerWidth * cut.outerHeight * 3 }

    /// - Returns: The error of this photo.
    /// - Throws: What concerns all photos.
    private func entry(for photo: LabelledPhoto) throws -> Result<Entry, any Error> {
        let file: PhotoFile
        do { file = try PhotoFile(contentsOf: photo.path) } catch { return .failure(error) }
        let entry = Entry(path: "\(folder)/\(file.sha256).rgb", digest: file.sha256)
        // A file of another size is not one of ours, and made anew.
        if (try? File.size(of: entry.path)) == byteCount { return .success(entry) }
        let image: Image
        do { image = try face(in: file) } catch { return .failure(error) }
        try File.write(image.pixels, to: entry.path)
        return .success(entry)
    }

    private func face(in file: PhotoFile) throws -> Image {
        let photo = try file.decoded().image
        guard cut.alignment.needsFace, let detector else { return try cut(photo, face: nil) }
        let faces = try selection.faces(of: try detector.detect(in: photo), width: photo.width, height: photo.height)
        return try cut(photo, face: faces[0])
    }
}
