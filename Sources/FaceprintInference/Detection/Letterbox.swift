import Faceprint
import FaceprintImaging

/// A photo brought to a network's scale, in the top left of an input whose sides are multiples of 32.
struct Letterbox {
    let picture: Image
    /// Of the network's input, in pixels.
    let width: Int
    let height: Int
    private let horizontalScale: Float
    private let verticalScale: Float

    /// - Parameter scale: Pixels of the input for one of the photo.
    init(_ photo: Image, scale: Float) {
        let sides = [photo.width, photo.height].map { max(Int((Float($0) * scale).rounded()), 1) }
        picture =
            sides == [photo.width, photo.height]
            ? photo : photo.resized(width: sides[0], height: sides[1], interpolation: .lanczos)
        width = (sides[0] + 31) / 32 * 32
        height = (sides[1] + 31) / 32 * 32
        horizontalScale = Float(sides[0]) / Float(photo.width)
        verticalScale = Float(sides[1]) / Float(photo.height)
    }

    /// Writes `[3][height][width]`: blue, green, red, 0…255, with zeros to the right of the picture and below it.
    func writeBGR(into input: UnsafeMutableBufferPointer<Float>) {
        input.update(repeating: 0)
        picture.writeBGRPlanes(into: input, width: width, height: height)
    }

    /// A face of the input, in the photo's pixels.
    func inPhoto(_ face: Face) -> Face {
        Face(
            box: Box(
                x: face.box.x / horizontalScale, y: face.box.y / verticalScale,
                width: face.box.width / horizontalScale, height: face.box.height / verticalScale),
            // Whole numbers are the centres of pixels, half a pixel away from their edges.
            landmarks: face.landmarks.map {
                Point(x: ($0.x + 0.5) / horizontalScale - 0.5, y: ($0.y + 0.5) / verticalScale - 0.5)
            },
            score: face.score)
    }
}
