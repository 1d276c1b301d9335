/// A rectangle in a photo, in pixels. It may reach beyond the photo's edges.
public struct Box: Hashable, Sendable, Codable {
    /// The left edge.
    public var x: Float
    /// The top edge.
    public var y: Float
    public var width: Float
    public var height: Float

    public init(x: Float, y: Float, width: Float, height: Float) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    public var area: Float { max(width, 0) * max(height, 0) }

    /// The area of the intersection over that of the union: 0 (apart) to 1 (the same).
    public func intersectionOverUnion(_ other: Box) -> Float {
        let common = intersection(other).area
        let union = area + other.area - common
        return union > 0 ? common / union : 0
    }

    /// What both cover; of area 0 where they are apart.
    public func intersection(_ other: Box) -> Box {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Box(
            x: left, y: top, width: max(min(x + width, other.x + other.width) - left, 0),
            height: max(min(y + height, other.y + other.height) - top, 0))
    }
}
