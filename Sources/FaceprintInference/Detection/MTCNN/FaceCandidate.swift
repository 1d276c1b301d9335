import Faceprint

/// A place where a stage of ``MTCNNDetector`` sees a face.
public struct FaceCandidate: Hashable, Sendable {
    /// In the photo's pixels.
    public var box: Box
    /// The stage's probability of a face, 0…1.
    public var score: Float

    public init(box: Box, score: Float) {
        self.box = box
        self.score = score
    }
}

extension Box {
    /// Each edge moved by a part of the box's sides, as a network says: `[left, top, right, bottom]`.
    func moved(by offsets: (Float, Float, Float, Float)) -> Box {
        Box(
            x: x + offsets.0 * width, y: y + offsets.1 * height,
            width: width * (1 + offsets.2 - offsets.0), height: height * (1 + offsets.3 - offsets.1))
    }

    /// The square around the same centre that holds the box, with edges between pixels.
    var square: Box {
        let side = max(width, height)
        let left = x + width / 2 - side / 2
        let top = y + height / 2 - side / 2
        let (x, y) = (left.rounded(.toNearestOrEven), top.rounded(.toNearestOrEven))
        return Box(
            x: x, y: y, width: (left + side - 1).rounded(.toNearestOrEven) - x + 1,
            height: (top + side - 1).rounded(.toNearestOrEven) - y + 1)
    }

    /// Whether the box can be that of a face of the photo: of finite size, not far larger than the photo, and not
    /// beyond its edges.
    func isPlausible(in photo: Image) -> Bool {
        let limit = 2 * Float(max(photo.width, photo.height))
        return width >= 1 && height >= 1 && width <= limit && height <= limit
            && x + width > 0 && y + height > 0 && x < Float(photo.width) && y < Float(photo.height)
    }
}
