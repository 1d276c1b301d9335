import Faceprint

/// Faces in the plane, by principal components and by t-SNE.
///
/// ```swift
/// let map = try FaceMap(of: faces)
/// try File.write(Array(MapPage(map, title: "People", threshold: 1.05).html.utf8), to: "map.html")
/// ```
public struct FaceMap: Hashable, Sendable {
    /// One of the faces.
    public struct Face: Hashable, Sendable {
        /// What its photo is called.
        public let photo: String
        /// Whom it shows.
        public let person: String
        public let embedding: Embedding
        /// A small JPEG file of it.
        public let picture: [UInt8]

        public init(photo: String, person: String, embedding: Embedding, picture: [UInt8]) {
            self.photo = photo
            self.person = person
            self.embedding = embedding
            self.picture = picture
        }
    }

    public let faces: [Face]
    /// By the first two principal components, one a face.
    public let principal: [MapPoint]
    /// The share of the embeddings' variance along each of the two, 0…1.
    public let explainedVariance: [Double]
    /// nil for more faces than ``TSNE/mostVectors``.
    public let neighbouring: TSNE.Result?

    /// More faces than that make a page which browsers are slow with.
    public static let mostFaces = 10_000

    /// Lays faces out.
    ///
    /// - Parameters:
    ///   - faces: 1 to ``mostFaces``, made by one model with one profile.
    ///   - tsne: How t-SNE is done.
    ///   - progress: Called after each of its steps.
    /// - Throws: ``AnalysisError``.
    public init(of faces: [Face], by tsne: TSNE = TSNE(), progress: () -> Void = {}) throws(AnalysisError) {
        guard let first = faces.first else { throw .nothingToShow(what: "faces") }
        guard faces.count <= Self.mostFaces else {
            throw .tooMany(what: "faces", found: faces.count, limit: Self.mostFaces)
        }
        if let place = faces.firstIndex(where: { $0.embedding.space != first.embedding.space }) {
            throw .badVector(
                place: place, reason: "is of \(faces[place].embedding.space), not \(first.embedding.space)")
        }
        let vectors = faces.map(\.embedding.values)
        let components = try PrincipalComponents(of: vectors)
        self.faces = faces
        principal = vectors.map {
            let coordinates = components.coordinates(of: $0)
            return MapPoint(x: coordinates[0], y: coordinates.count > 1 ? coordinates[1] : 0)
        }
        explainedVariance = components.explainedVariance
        neighbouring = faces.count <= TSNE.mostVectors ? try tsne.layout(of: vectors, progress: progress) : nil
    }
}
