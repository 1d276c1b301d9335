import Faceprint

/// Which parts of a face its distance to another one rests on: each is hidden in turn by a grey square, and the face is
/// encoded anew (Zeiler and Fergus, *Visualizing and understanding convolutional networks*, 2014, section 4.2).
public struct OcclusionMap: Hashable, Sendable {
    /// Of the face in the part of its photo that was looked at.
    public let view: FaceView
    /// By how much the distance grows when the place is hidden, `[row][column]`: above 0 for places that speak for one
    /// person, below for those that speak for two. Squares' middles are spread evenly over the view, edges included.
    public let changes: [[Float]]

    /// The side of the square, in points of the view: a quarter of it, about an eye with its brow.
    public static let patch = FaceView.side / 4
    /// The distance of neighbouring middles, at most.
    static let step: Float = 8

    /// The largest change, of either sign.
    public var largest: Float { changes.joined().map(abs).max() ?? 0 }

    /// How many places are hidden, one after the other.
    public static func places(of view: FaceView) -> Int {
        middles(of: view.height).count * middles(of: view.width).count
    }

    /// Hides one place after another.
    ///
    /// - Parameters:
    ///   - face: Of the photo that is hidden in part.
    ///   - other: The embedding of the other face.
    ///   - encoder: What made it.
    ///   - progress: Called with the number of places after each batch of them.
    /// - Throws: What the encoder throws, and ``AnalysisError/noFace(reason:)``.
    public init(
        of face: FaceInPhoto, against other: Embedding, encoder: any FaceEncoder, progress: (Int) -> Void = { _ in }
    ) throws {
        let small = face.surroundings(try FaceView(of: face))
        let view = try FaceView(of: small)
        let distance = try euclideanDistance(try encoder.encode([small])[0], other)
        let (rows, columns) = (Self.middles(of: view.height), Self.middles(of: view.width))
        let places = rows.flatMap { y in columns.map { Point(x: $0, y: y) } }
        var changes: [Float] = []
        // Copies of a large face are few at a time.
        let batch = max(1, min(32, (64 << 20) / small.photo.pixels.count))
        for start in stride(from: 0, to: places.count, by: batch) {
            let hidden = places[start..<min(start + batch, places.count)].map {
                small.hiding($0, side: Self.patch, in: view)
            }
            for embedding in try encoder.encode(hidden) {
                changes.append(try euclideanDistance(embedding, other) - distance)
            }
            progress(hidden.count)
        }
        self.view = view
        self.changes = stride(from: 0, to: changes.count, by: columns.count).map {
            Array(changes[$0..<($0 + columns.count)])
        }
    }

    init(view: FaceView, changes: [[Float]]) {
        self.view = view
        self.changes = changes
    }

    /// The change at a place of the view, between the middles linearly.
    func change(at point: Point) -> Float {
        func cell(_ position: Float, of length: Float, _ count: Int) -> (Int, Int, Float) {
            let place = min(max(position / length, 0), 1) * Float(count - 1)
            let first = min(Int(place), count - 1)
            return (first, min(first + 1, count - 1), place - Float(first))
        }
        let (top, bottom, down) = cell(point.y, of: view.height, changes.count)
        let (left, right, across) = cell(point.x, of: view.width, changes[0].count)
        let upper = changes[top][left] + across * (changes[top][right] - changes[top][left])
        let lower = changes[bottom][left] + across * (changes[bottom][right] - changes[bottom][left])
        return upper + down * (lower - upper)
    }

    private static func middles(of length: Float) -> [Float] {
        let count = max(2, Int((length / step).rounded(.up)) + 1)
        return (0..<count).map { length * Float($0) / Float(count - 1) }
    }
}
