import Faceprint
import Foundation

/// The outputs of YuNet for one stride: a grid of cells over the input, row by row, each of which may have found a face.
struct YuNetGrid {
    /// Pixels of the input a cell.
    let stride: Int
    let columns: Int
    let rows: Int
    /// `[rows · columns]`: how much a cell looks like a face.
    let classes: UnsafeBufferPointer<Float>
    /// `[rows · columns]`: how well its box should fit.
    let objects: UnsafeBufferPointer<Float>
    /// `[rows · columns][4]`: the box's centre from the cell's corner, and the logarithms of its sides, in strides.
    let boxes: UnsafeBufferPointer<Float>
    /// `[rows · columns][5][2]`: the landmarks from the cell's corner, in strides.
    let landmarks: UnsafeBufferPointer<Float>

    /// The grid of one of the pictures of a run.
    ///
    /// - Parameter outputs: Classes, objects, boxes and landmarks, each `[pictures][rows · columns][…]`.
    /// - Returns: nil where the outputs don't have the size of the input.
    init?(
        stride: Int, width: Int, height: Int, picture: Int, of pictures: Int, outputs: [UnsafeBufferPointer<Float>]
    ) {
        (self.stride, columns, rows) = (stride, width / stride, height / stride)
        let cells = columns * rows
        let lengths = [1, 1, 4, 10].map { $0 * cells }
        guard zip(outputs, lengths).allSatisfy({ $0.count == $1 * pictures }) else { return nil }
        let parts = zip(outputs, lengths).map { output, length in
            UnsafeBufferPointer(rebasing: output[(picture * length)..<((picture + 1) * length)])
        }
        (classes, objects, boxes, landmarks) = (parts[0], parts[1], parts[2], parts[3])
    }

    /// Adds the faces whose score, √(class · object), is at least the minimum, in pixels of the input.
    ///
    /// Cells with numbers that aren't finite, or far beyond the input, are passed over.
    func appendFaces(minimumScore: Float, to faces: inout [Face]) {
        let minimum = minimumScore * minimumScore
        for cell in 0..<(rows * columns) {
            let product = min(max(classes[cell], 0), 1) * min(max(objects[cell], 0), 1)
            guard product >= minimum, let face = face(cell, score: product.squareRoot()) else { continue }
            faces.append(face)
        }
    }

    private func face(_ cell: Int, score: Float) -> Face? {
        let size = Float(stride)
        let left = Float(cell % columns) * size
        let top = Float(cell / columns) * size
        let width = exp(boxes[4 * cell + 2]) * size
        let height = exp(boxes[4 * cell + 3]) * size
        let box = Box(
            x: left + boxes[4 * cell] * size - width / 2, y: top + boxes[4 * cell + 1] * size - height / 2,
            width: width, height: height)
        func point(_ i: Int) -> Point {
            Point(
                x: left + landmarks[10 * cell + 2 * i] * size,
                y: top + landmarks[10 * cell + 2 * i + 1] * size)
        }
        // YuNet's first eye is the person's right one, which the viewer sees on the left.
        let points = Landmarks(
            leftEye: point(0), rightEye: point(1), nose: point(2), leftMouth: point(3), rightMouth: point(4))
        let limit = 4 * size * Float(max(rows, columns))
        let numbers = [box.x, box.y, box.width, box.height] + points.points.flatMap { [$0.x, $0.y] }
        guard numbers.allSatisfy({ abs($0) <= limit }) else { return nil }
        return Face(box: box, landmarks: points, score: score)
    }
}
