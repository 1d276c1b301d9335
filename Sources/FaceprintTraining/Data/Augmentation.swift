import Faceprint
import FaceprintImaging
import Foundation

/// Small changes of a face that leave the person the same, so that a network learns to pass over them.
///
/// All are drawn anew for each photo of each batch, each from its range evenly.
public struct Augmentation: Hashable, Sendable, Codable {
    /// Whether half of the faces are mirrored.
    public var mirrors: Bool
    /// The largest shift, as a share of the side.
    public var shift: Float
    /// The largest change of size, as a share.
    public var scale: Float
    /// The largest turn, in degrees.
    public var turn: Float
    /// The largest change of brightness, contrast and each colour, as a share.
    public var colour: Float
    /// How many faces are blurred, as a share; by losing up to three quarters of the pixels' number along a side.
    public var blur: Float

    public init(
        mirrors: Bool = true, shift: Float = 0.04, scale: Float = 0.06, turn: Float = 4, colour: Float = 0.2,
        blur: Float = 0.1
    ) {
        self.mirrors = mirrors
        self.shift = shift
        self.scale = scale
        self.turn = turn
        self.colour = colour
        self.blur = blur
    }

    /// Nothing is changed.
    public static let none = Augmentation(mirrors: false, shift: 0, scale: 0, turn: 0, colour: 0, blur: 0)

    /// What the network is to see of a face this time.
    ///
    /// - Parameters:
    ///   - outer: The face with its margin, as the cut gives it.
    ///   - random: What is drawn comes from it.
    func callAsFunction(_ outer: Image, _ cut: FaceCut, _ random: inout SplitMix) -> Image {
        // Each is drawn whether it is used or not, so that one doesn't depend on another.
        let isMirrored = random.next(below: 2) == 1 && mirrors
        let size = 1 + scale * random.nextSigned()
        let angle = turn * random.nextSigned() * .pi / 180
        let (dx, dy) = (shift * random.nextSigned(), shift * random.nextSigned())
        let isBlurred = random.nextShare() < blur
        let coarseness = 1 + 3 * random.nextShare()
        var image = moved(outer, cut, size: size, angle: angle, dx: dx, dy: dy)
        if isBlurred { image = blurred(image, coarseness) }
        if isMirrored { image = image.mirrored }
        return recoloured(image, &random)
    }

    private func moved(_ outer: Image, _ cut: FaceCut, size: Float, angle: Float, dx: Float, dy: Float) -> Image {
        guard shift > 0 || scale > 0 || turn > 0 else { return cut.inner(of: outer) }
        let (a, b) = (cos(angle) / size, sin(angle) / size)
        // The middle of the new picture comes from the middle of the outer one, and a shift.
        let (newX, newY) = (Float(cut.width - 1) / 2, Float(cut.height - 1) / 2)
        let oldX = Float(outer.width - 1) / 2 + dx * Float(cut.width)
        let oldY = Float(outer.height - 1) / 2 + dy * Float(cut.height)
        let transform = SimilarityTransform(
            a: a, b: b, tx: oldX - a * newX + b * newY, ty: oldY - b * newX - a * newY)
        return outer.warped(by: transform, width: cut.width, height: cut.height)
    }

    /// Made smaller and larger again.
    private func blurred(_ image: Image, _ coarseness: Float) -> Image {
        let width = max(Int(Float(image.width) / coarseness), 8)
        let height = max(Int(Float(image.height) / coarseness), 8)
        return image.resized(width: width, height: height, interpolation: .lanczos)
            .resized(width: image.width, height: image.height, interpolation: .lanczos)
    }

    /// Each colour `c` becomes `(c − 128) · contrast + 128` times its own factor.
    private func recoloured(_ image: Image, _ random: inout SplitMix) -> Image {
        let contrast = 1 + colour * random.nextSigned()
        let brightness = 1 + colour * random.nextSigned()
        let tints = (0..<3).map { _ in brightness * (1 + colour / 4 * random.nextSigned()) }
        guard colour > 0 else { return image }
        let tables = tints.map { tint in
            (0..<256).map { value in
                UInt8(max(0, min(255, (((Float(value) - 128) * contrast + 128) * tint).rounded())))
            }
        }
        let pixels = [UInt8](unsafeUninitializedCapacity: image.pixels.count) { output, count in
            image.pixels.withUnsafeBufferPointer { input in
                for place in stride(from: 0, to: input.count, by: 3) {
                    for channel in 0..<3 {
                        output[place + channel] = tables[channel][Int(input[place + channel])]
                    }
                }
            }
            count = image.pixels.count
        }
        guard let result = try? Image(width: image.width, height: image.height, pixels: pixels) else {
            preconditionFailure("a picture has as many pixels as before")
        }
        return result
    }
}
