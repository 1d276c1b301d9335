import Faceprint
import Testing

@Suite struct FaceSelectionTests {
    private func face(_ x: Float, _ y: Float, side: Float) -> Face {
        let point = Point(x: x, y: y)
        return Face(
            box: Box(x: x, y: y, width: side, height: side),
            landmarks: Landmarks(leftEye: point, rightEye: point, nose: point, leftMouth: point, rightMouth: point),
            score: 0.9)
    }

    private func chosen(_ selection: FaceSelection, _ faces: [Face]) throws -> [Face] {
        try selection.faces(of: faces, width: 200, height: 200)
    }

    @Test func theLargestComesFirst() throws {
        let (small, large) = (face(0, 0, side: 10), face(50, 50, side: 40))
        #expect(try chosen(.every, [small, large]) == [large, small])
        #expect(try chosen(.largest, [small, large]) == [large])
    }

    @Test func theCentralFaceIsInTheMiddleThoughAnotherIsLarger() throws {
        let (corner, middle) = (face(0, 0, side: 60), face(75, 75, side: 50))
        #expect(try chosen(.central, [corner, middle]) == [middle])
        #expect(try chosen(.largest, [corner, middle]) == [corner])
    }

    @Test func aSecondPersonIsRefusedAndOneFarBehindIsNot() throws {
        let near = face(0, 0, side: 100)
        #expect(try chosen(.only, [near, face(120, 0, side: 49)]) == [near])
        #expect(throws: FaceSelectionError.severalFaces(count: 2)) {
            try chosen(.only, [near, face(120, 0, side: 50)])
        }
    }

    @Test func noFaceIsAnErrorUnlessEveryFaceIsAskedFor() throws {
        #expect(try chosen(.every, []).isEmpty)
        for selection in [FaceSelection.largest, .central, .only] {
            #expect(throws: FaceSelectionError.noFace) { try chosen(selection, []) }
        }
    }
}
