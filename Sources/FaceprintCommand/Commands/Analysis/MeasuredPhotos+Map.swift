import Faceprint
import FaceprintAnalysis
import FaceprintImaging

extension MeasuredPhotos {
    /// The faces that were encoded, with small pictures of them. A photo that was refused has none.
    func mapFaces(limits: PhotoLimits) throws -> [FaceMap.Face] {
        try concurrentMap(Array(photos.indices)) { place in
            guard let embedding = embeddings[place] else { return nil }
            let photo = photos[place]
            let image = try Photo(contentsOf: photo.path, limits: limits).image
            return FaceMap.Face(
                photo: photo.name, person: photo.identity ?? "", embedding: embedding,
                picture: try image.point(of: faces[place]).jpegData(quality: 80))
        }.compactMap { $0 }
    }
}

extension Image {
    /// A face as a point of a map: upright, at twice the size at which it is mostly drawn.
    fileprivate func point(of face: Face?) throws -> Image {
        let side = 72
        guard let face else {
            let scale = Double(side) / Double(min(width, height))
            return resized(
                width: min(4 * side, Int((Double(width) * scale).rounded())),
                height: min(4 * side, Int((Double(height) * scale).rounded())), interpolation: .lanczos)
        }
        return try aligned(to: face, as: .arcFace, width: side, height: side)
    }
}
