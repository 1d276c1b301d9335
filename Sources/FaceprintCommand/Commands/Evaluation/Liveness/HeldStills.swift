import Faceprint
import FaceprintEvaluation
import FaceprintImaging
import FaceprintInference

/// Stills held before the camera, in every way of ``AttackSpecies``.
struct HeldStills {
    /// In the order of `AttackSpecies.all`.
    let attacks: [LivenessRates.Trials]

    /// Makes the pictures that the camera would see, and finds and encodes their faces; with a progress bar.
    ///
    /// - Parameter stills: The places of the photos.
    init(
        of stills: [Int], _ measured: MeasuredPhotos, _ recognizer: Recognizer, limits: PhotoLimits,
        _ random: inout SplitMix
    ) throws {
        var attacks: [LivenessRates.Trials] = AttackSpecies.all.map { ($0.name, []) }
        var progress = ProgressBar("attacks", of: stills.count * attacks.count)
        defer { progress.clear() }
        for still in stills {
            guard let face = measured.faces[still] else { continue }
            let photo = try Photo(contentsOf: measured.photos[still].path, limits: limits).image
            for (place, species) in AttackSpecies.all.enumerated() {
                let presentation = try Self.presentation(
                    of: photo, face.landmarks, species.sheets(&random), recognizer)
                attacks[place].presentations.append((presentation, .random(using: &random)))
                progress.advance()
            }
        }
        self.attacks = attacks
    }

    private static func presentation(
        of photo: Image, _ face: Landmarks, _ sheets: (straight: [Sheet], left: [Sheet], right: [Sheet]),
        _ recognizer: Recognizer
    ) throws -> LivenessPresentation {
        let all = sheets.straight + sheets.left + sheets.right
        let seen = try concurrentMap(all) { try photo.seen(on: $0, face: face) }
        // The still is in the middle of what the camera sees.
        var shots = try recognizer.shots(of: seen, .largest)[...]
        func next(_ count: Int) -> [LivenessPresentation.Shot] {
            defer { shots = shots.dropFirst(count) }
            return Array(shots.prefix(count))
        }
        return LivenessPresentation(
            straight: next(sheets.straight.count), left: next(sheets.left.count), right: next(sheets.right.count))
    }
}
