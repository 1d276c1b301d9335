import Faceprint
import FaceprintImaging
import FaceprintInference

extension RecognitionSettings {
    /// Up to so many photos are asked of a server on this machine, which then loads nothing here.
    static let fewPhotos = 8

    /// How the networks are run for a number of photos: a server answers few as they would be answered here.
    static func mode(photos: Int) -> EncoderOptions.Mode { photos > fewPhotos ? .throughput : .latency }

    /// The faces of one photo.
    func faces(_ path: String, _ selection: FaceSelection) throws -> [EncodedFace] {
        if let answer = resident?.faces(ofFileAt: path, selection) { return try answer.get() }
        // The photo is read while the model is loaded, which takes longer.
        let photo = Background { [limits, timings] in
            try timings.measure(.decode) { try Photo(contentsOf: path, limits: limits) }
        }
        let recognizer = try recognizer()
        return try recognizer.faces(of: try photo.value().image, selection)
    }

    /// The faces of photos' files, one after the other, as `Recognizer.faces(ofFilesAt:_:limits:body:)` gives them.
    func faces(
        ofFilesAt paths: [String], _ selection: FaceSelection,
        body: (Int, Result<[EncodedFace], any Error>) throws -> Void
    ) throws {
        var answered = 0
        if let resident, paths.count <= Self.fewPhotos {
            while answered < paths.count, let answer = resident.faces(ofFileAt: paths[answered], selection) {
                try body(answered, answer.mapError { $0 })
                answered += 1
            }
        }
        guard answered < paths.count else { return }
        try recognizer().facesWithProgress(
            ofFilesAt: Array(paths[answered...]), selection, limits: limits
        ) { place, result in try body(answered + place, result) }
    }
}
