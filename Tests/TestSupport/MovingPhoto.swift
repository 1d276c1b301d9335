import Faceprint
import FaceprintFiles
import FaceprintImaging
import FaceprintVideo
import Foundation

/// A photo that moves over a video's picture, and grows.
public struct MovingPhoto {
    private let photo: Image
    private let frames: Range<Int>
    private let from, to: (x: Int, y: Int)
    private let sides: (Int, Int)

    /// - Parameters:
    ///   - frames: When it is there.
    ///   - from: The top left corner at first, in pixels.
    ///   - to: At last.
    ///   - sides: At first and at last, in pixels.
    public init(
        _ path: String, frames: Range<Int>, from: (x: Int, y: Int), to: (x: Int, y: Int), sides: (Int, Int)
    ) throws {
        photo = try Image(contentsOf: path)
        (self.frames, self.from, self.to, self.sides) = (frames, from, to, sides)
    }

    fileprivate func draw(frame: Int, on pixels: inout [UInt8], width: Int, height: Int) {
        guard frames.contains(frame) else { return }
        let part = Double(frame - frames.lowerBound) / Double(max(frames.count - 1, 1))
        func between(_ a: Int, _ b: Int) -> Int { Int((Double(a) + part * Double(b - a)).rounded()) }
        let side = between(sides.0, sides.1)
        let (left, top) = (between(from.x, to.x), between(from.y, to.y))
        let scaled = photo.resized(width: side, height: side, interpolation: .lanczos)
        let columns = max(0, -left)..<max(0, -left, min(side, width - left))
        for y in max(0, -top)..<max(0, -top, min(side, height - top)) {
            let (source, target) = (
                3 * (y * side + columns.lowerBound), 3 * ((top + y) * width + left + columns.lowerBound)
            )
            pixels.replaceSubrange(
                target..<(target + 3 * columns.count), with: scaled.pixels[source..<(source + 3 * columns.count)])
        }
    }

    /// Writes a video of 640×480 at 25 frames a second, on a grey ground.
    public static func write(_ path: String, frames: Int, _ photos: [MovingPhoto]) throws {
        let writer = try VideoWriter(path, width: 640, height: 480, framesPerSecond: 25)
        for frame in 0..<frames {
            var pixels = [UInt8](repeating: 90, count: 640 * 480 * 3)
            for photo in photos { photo.draw(frame: frame, on: &pixels, width: 640, height: 480) }
            try writer.append(try Image(width: 640, height: 480, pixels: pixels), at: Double(frame) / 25)
        }
        try writer.finish()
    }
}

extension SharedData {
    /// The paths of the photos of somebody in LFW, in the order of their names.
    public static func lfwPhotos(of person: String) throws -> [String] {
        let folder = url("lfw-dev/images/\(person)").path
        return try FolderListing.entries(of: folder).map { folder + "/" + $0.name }.sorted()
    }
}
