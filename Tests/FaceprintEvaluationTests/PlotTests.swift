import FaceprintEvaluation
import Testing

@Suite struct PlotTests {
    @Test(arguments: [
        (1, ["0", "1"]), (3, ["0", "1", "2", "3"]), (7, ["0", "2", "4", "6", "8"]),
        (20, ["0", "5", "10", "15", "20"]), (120, ["0", "20", "40", "60", "80", "100", "120"]),
        (500, ["0", "100", "200", "300", "400", "500"]),
    ])
    func `Whole numbers are marked in round steps`(end: Int, texts: [String]) {
        let axis = Plot.Axis.counting("epoch", to: end)
        #expect(axis.ticks.map(\.text) == texts)
        #expect(axis.range.upperBound >= Double(end))
    }
}
