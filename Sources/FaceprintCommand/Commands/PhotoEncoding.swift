import Dispatch
import Faceprint
import FaceprintImaging
import FaceprintInference
import Synchronization

/// Encodes many photos: a few dozen at a time, so that memory stays bounded and results come early.
struct PhotoEncoding {
    typealias Encoded = Result<(photo: Photo, embedding: Embedding), any Error>

    let encoder: Encoder
    private let photosAtOnce = 32

    init(encoder: Encoder) { self.encoder = encoder }

    /// - Parameter body: Called for each photo, in order; a photo that can't be read has its error.
    func run(_ photos: [PersonPhoto], _ body: (PersonPhoto, Encoded) throws -> Void) throws {
        for start in stride(from: 0, to: photos.count, by: photosAtOnce) {
            let group = Array(photos[start..<min(start + photosAtOnce, photos.count)])
            let decoded = decode(group.map(\.path))
            var embeddings = try encoder.encode(decoded.compactMap { try? $0.get().image }).makeIterator()
            for (photo, result) in zip(group, decoded) {
                try body(photo, result.map { ($0, embeddings.next()!) })
            }
        }
    }

    private func decode(_ paths: [String]) -> [Result<Photo, any Error>] {
        let results = Mutex([Result<Photo, any Error>?](repeating: nil, count: paths.count))
        DispatchQueue.concurrentPerform(iterations: paths.count) { i in
            let result = Result { try Photo(contentsOf: paths[i]) }
            results.withLock { $0[i] = result }
        }
        return results.withLock { $0 }.map { $0! }
    }
}
