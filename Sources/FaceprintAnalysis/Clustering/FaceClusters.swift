import Faceprint
import Foundation

/// Faces and how they are put together: what a person names, merges and splits on the page, and what is enrolled from.
///
/// As a file it is JSON, and holds all that the gallery wants of a face; the photos aren't needed any more.
public struct FaceClusters: Hashable, Sendable, Codable {
    /// A face of a photo.
    public struct Face: Hashable, Sendable, Codable {
        /// The photo's path, as it was given.
        public let photo: String
        /// What a template of this face calls its photo: the SHA-256 of the photo's file or, where it shows several of
        /// the faces, of this one's thumbnail; 64 lower-case hexadecimal digits.
        public let photoSHA256: String
        /// Where the face is; nil where the whole photo was taken for it.
        public let box: Box?
        /// 0…100; nil where it wasn't judged.
        public let quality: Float?
        /// A JPEG of at most 112×112 pixels.
        public let thumbnail: Data
        /// The embedding's float32 numbers, little-endian.
        public let embedding: Data

        public init(
            photo: String, photoSHA256: String, box: Box?, quality: Float?, thumbnail: [UInt8], embedding: Embedding
        ) {
            self.photo = photo
            self.photoSHA256 = photoSHA256
            self.box = box
            self.quality = quality
            self.thumbnail = Data(thumbnail)
            self.embedding = Data(floats: embedding.values)
        }
    }

    /// Faces that are taken to show one person.
    public struct Cluster: Hashable, Sendable, Codable {
        /// Who it is; nil as long as nobody has said.
        public var name: String?
        /// The numbers of the faces.
        public var faces: [Int]

        public init(name: String?, faces: [Int]) {
            self.name = name
            self.faces = faces
        }
    }

    /// Of this file's form.
    public let version: Int
    /// What made the embeddings.
    public let space: EmbeddingSpace
    public let method: ClusteringMethod
    /// The L2 distance that clusters were made with.
    public let threshold: Float
    public let faces: [Face]
    public var clusters: [Cluster]

    public init(
        of faces: [Face], space: EmbeddingSpace, method: ClusteringMethod, threshold: Float, clusters: [Cluster]
    ) {
        version = Self.version
        self.space = space
        self.method = method
        self.threshold = threshold
        self.faces = faces
        self.clusters = clusters
    }

    static let version = 1
}
