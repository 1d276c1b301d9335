import Faceprint
import FaceprintImaging

/// What a photo's file holds: the photo, and its faces that are meant.
public typealias RecognizedFile = (photo: Photo, faces: [EncodedFace])

extension Recognizer {
    /// Reads and recognises any number of photos, on all cores and in bounded memory: a few groups of photos are under
    /// way at once, so that one is decoded while another runs through the networks.
    ///
    /// - Parameters:
    ///   - paths: Of the photos' files.
    ///   - selection: Which faces are meant.
    ///   - limits: For each photo.
    ///   - body: Called on this thread for each photo, in their order, with its place in the list; one that can't be
    ///     read, or hasn't the face that is asked for, has its error. What it throws ends the work, but for
    ///     the groups that are under way.
    /// - Throws: What concerns all photos, such as ``InferenceError``.
    public func faces(
        ofFilesAt paths: [String], _ selection: FaceSelection, limits: PhotoLimits = .standard,
        body: (Int, Result<RecognizedFile, any Error>) throws -> Void
    ) throws {
        let groups = stride(from: 0, to: paths.count, by: Self.photosOfGroup).map {
            Array(paths[$0..<min($0 + Self.photosOfGroup, paths.count)])
        }
        func begin(_ group: Int) -> Background<[Result<RecognizedFile, any Error>]> {
            Background { try recognized(groups[group], selection, limits) }
        }
        var underWay = (0..<min(Self.groupsAtOnce, groups.count)).map(begin)
        var place = 0
        for group in groups.indices {
            let results = try underWay[group % Self.groupsAtOnce].value()
            if group + Self.groupsAtOnce < groups.count {
                underWay[group % Self.groupsAtOnce] = begin(group + Self.groupsAtOnce)
            }
            for result in results {
                try body(place, result)
                place += 1
            }
        }
    }

    private static let photosOfGroup = 16
    private static let groupsAtOnce = 3

    private func recognized(
        _ paths: [String], _ selection: FaceSelection, _ limits: PhotoLimits
    ) throws -> [Result<RecognizedFile, any Error>] {
        let photos = concurrentMap(paths) { path in Result { try Photo(contentsOf: path, limits: limits) } }
        let readable = photos.compactMap { try? $0.get().image }
        var found = try faces(of: readable, selection).makeIterator()
        return photos.map { result in
            result.flatMap { photo in found.next()!.map { (photo, $0) }.mapError { $0 } }
        }
    }
}
