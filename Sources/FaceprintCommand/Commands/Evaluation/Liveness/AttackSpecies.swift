import Faceprint
import FaceprintEvaluation
import FaceprintImaging

/// A way to hold a picture of somebody before a camera that asks for head turns.
struct AttackSpecies {
    let name: String
    let isFlat: Bool
    private let sheet: Sheet
    /// The farther the more it is turned: to the left, from 0 to 1.
    private let turning: @Sendable (_ sheet: inout Sheet, _ share: Double) -> Void

    private init(
        _ name: String, _ shape: Sheet.Shape = .flat, centimetres: Double = 45, eyes: Double = Self.eyes,
        turning: @escaping @Sendable (inout Sheet, Double) -> Void = { $0.yaw = 60 * $1 }
    ) {
        self.name = name
        isFlat = shape == .flat
        sheet = Sheet(shape, distance: 10 * centimetres / eyes)
        self.turning = turning
    }

    /// Between the eyes of a face at life size, in millimetres (Dodgson, *Variation and extrema of human interpupillary
    /// distance*, 2004).
    private static let eyes = 63.0

    static let all = [
        AttackSpecies("sheet at 30 cm", centimetres: 30),
        AttackSpecies("sheet at 45 cm"),
        AttackSpecies("sheet at 60 cm", centimetres: 60),
        AttackSpecies("phone at 30 cm", centimetres: 30, eyes: 25),
        AttackSpecies("sheet, top nearer", centimetres: 30) { ($0.yaw, $0.pitch) = (60 * $1, 30 * $1) },
        AttackSpecies("sheet, bottom nearer", centimetres: 30) { ($0.yaw, $0.pitch) = (60 * $1, -30 * $1) },
        AttackSpecies("sheet nodding", centimetres: 30) { $0.pitch = 60 * $1 },
        AttackSpecies("sheet turned in its plane", centimetres: 30) { $0.roll = 60 * $1 },
        AttackSpecies("sheet moved and zoomed", centimetres: 30) { ($0.right, $0.zoom) = (0.8 * $1, 1 + 0.5 * $1) },
        bent(200), bent(120), bent(80), bent(60),
        // Its depth is that of a head turned the other way.
        AttackSpecies("sheet bent hollow, 80 mm", .bent(radius: -80 / eyes)) { $0.yaw = -60 * $1 },
        AttackSpecies("sheet folded, 15°", .folded(degrees: 15)),
        AttackSpecies("sheet folded, 30°", .folded(degrees: 30)),
    ]

    private static func bent(_ millimetres: Double) -> AttackSpecies {
        AttackSpecies("sheet bent, \(Int(millimetres)) mm", .bent(radius: millimetres / eyes))
    }

    /// How it is held for each frame, in a hand that isn't steady: by up to 2° and 2 % of the distance.
    func sheets(_ random: inout SplitMix) -> (straight: [Sheet], left: [Sheet], right: [Sheet]) {
        func held(_ share: Double) -> Sheet {
            var sheet = sheet
            turning(&sheet, share)
            sheet.yaw += Double.random(in: -2...2, using: &random)
            sheet.pitch += Double.random(in: -2...2, using: &random)
            sheet.roll += Double.random(in: -2...2, using: &random)
            sheet.distance *= Double.random(in: 0.98...1.02, using: &random)
            return sheet
        }
        // Each angle for two frames, as a turn must be held.
        let way: [Double] = [0.25, 0.25, 0.42, 0.42, 0.58, 0.58, 0.75, 0.75, 0.88, 0.88, 1, 1]
        return ([0, 0].map(held), way.map(held), way.map { held(-$0) })
    }
}
