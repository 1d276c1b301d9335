import Testing

@testable import FaceprintModels

@Suite("Shapes")
struct ShapeTests {
    @Test func `Same padding puts the odd pixel to the bottom and the right`() {
        // 160 by a window of 3 in steps of 2 gives 80 places, which need 161 pixels.
        let window = Window(height: 3, width: 3, strideY: 2, strideX: 2, padding: .same)
        #expect(window.outputSize(height: 160, width: 160) == (80, 80))
        #expect(window.padding(height: 160, width: 160) == (top: 0, left: 0, bottom: 1, right: 1))
        // An odd side leaves one on each side.
        #expect(window.padding(height: 17, width: 35) == (top: 1, left: 1, bottom: 1, right: 1))
        // Height and width are apart; a 1×7 window needs three to each side.
        let wide = Window(height: 1, width: 7, padding: .same)
        #expect(wide.padding(height: 8, width: 8) == (top: 0, left: 3, bottom: 0, right: 3))
        let even = Window(height: 4, width: 2, padding: .same)
        #expect(even.padding(height: 5, width: 5) == (top: 1, left: 0, bottom: 2, right: 1))
        // A step larger than the window needs none.
        let sparse = Window(height: 1, width: 1, strideY: 3, strideX: 3, padding: .same)
        #expect(sparse.padding(height: 7, width: 7) == (top: 0, left: 0, bottom: 0, right: 0))
        #expect(sparse.outputSize(height: 7, width: 7) == (3, 3))
    }

    @Test func `Valid windows lie inside of the picture`() {
        let window = Window(height: 3, width: 2, strideY: 2, strideX: 1)
        #expect(window.outputSize(height: 160, width: 160) == (79, 159))
        #expect(window.outputSize(height: 3, width: 2) == (1, 1))
        #expect(window.outputSize(height: 2, width: 2).height == 0)
        #expect(window.padding(height: 160, width: 160) == (top: 0, left: 0, bottom: 0, right: 0))
    }
}
