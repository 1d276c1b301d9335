import Faceprint
import FaceprintImaging
import FaceprintVideo

/// Writes a video of 640×480 at 25 frames a second with four faces in it that move, each for four seconds; then the next
/// four come.
///
/// - Parameter arguments: The file, the seconds, and photos of one face each.
func writeVideo(_ arguments: [String]) throws {
    guard arguments.count >= 3, let seconds = Int(arguments[1]) else { fatalError("video FILE SECONDS PHOTO…") }
    let (width, height, side, shown) = (640, 480, 220, 100)
    let photos = try arguments.dropFirst(2).map {
        try Image(contentsOf: $0).resized(width: side, height: side, interpolation: .lanczos)
    }
    let writer = try VideoWriter(arguments[0], width: width, height: height, framesPerSecond: 25)
    for frame in 0..<(25 * seconds) {
        var pixels = [UInt8](repeating: 90, count: 3 * width * height)
        for place in 0..<4 {
            let photo = photos[(frame / shown * 4 + place) % photos.count]
            // From one side of its quarter to the other.
            let left = place % 2 * width / 2 + frame % shown * (width / 2 - side) / shown
            let top = place / 2 * height / 2 + (height / 2 - side) / 2
            for row in 0..<side {
                let target = 3 * ((top + row) * width + left)
                pixels.replaceSubrange(
                    target..<(target + 3 * side), with: photo.pixels[(3 * row * side)..<(3 * (row + 1) * side)])
            }
        }
        try writer.append(try Image(width: width, height: height, pixels: pixels), at: Double(frame) / 25)
    }
    try writer.finish()
}
