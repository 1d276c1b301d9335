import Faceprint
import FaceprintImaging
import FaceprintInference

/// Encodes the faces of many photos: a few dozen at a time, so that memory stays bounded and results come early.
struct PhotoEncoding {
    typealias Encoded = Result<(photo: Photo, faces: [EncodedFace]), any Error>

    let recognizer: Recognizer
    let selection: FaceSelection
    private let limits: PhotoLimits
    private let photosAtOnce = 32

    init(_ recognizer: Recognizer, _ selection: FaceSelection, limits: PhotoLimits) {
        self.recognizer = recognizer
        self.selection = selection
        self.limits = limits
    }

    /// - Parameter body: Called for each photo, in order; a photo that can't be read, or hasn't the face that is asked
    ///   for, has its error.
    func run(_ photos: [PersonPhoto], _ body: (PersonPhoto, Encoded) throws -> Void) throws {
        for start in stride(from: 0, to: photos.count, by: photosAtOnce) {
            let group = Array(photos[start..<min(start + photosAtOnce, photos.count)])
            let decoded = concurrentMap(group.map(\.path)) { path in
                Result { try Photo(contentsOf: path, limits: limits) }
            }
            let readable = decoded.compactMap { try? $0.get().image }
            var found = try recognizer.faces(of: readable, selection).makeIterator()
            for (photo, result) in zip(group, decoded) {
                try body(photo, result.flatMap { read in found.next()!.map { (read, $0) }.mapError { $0 } })
            }
        }
    }
}
