import Foundation
import TestSupport
import Testing

/// The page of `make bench` and the comparison of `make rebench`, on results that are made up.
@Suite(.needs(.test)) struct BenchmarkPageTests {
    /// A run in which the peer takes 20 ms, 22 and 24, and Faceprint half of that; the machine reached
    /// 100 billion at most, and `own` while the part ran.
    private static let run = """
        import sys; sys.path.insert(0, sys.argv[1])
        import compare, contextlib, io, json, page

        def run(ours=(10, 11, 12), unit="ms", own={}):
            rows = [
                {"name": "Peer", "samples": [20, 22, 24]},
                {"name": "Slow", "samples": [40, 40, 40]},
                {"name": "Ours", "samples": ours, "ours": True, "limit": "f32", "work": 0.55}]
            limits = [{"name": "f32", "samples": [80, 90, 100], "limit": "f32"}]
            return {"date": "today", "seconds": 60, "quick": False, "machine": {}, "versions": {}, "parts": [
                {"name": "limits", "title": "Limit", "command": "limits",
                 "tables": [{"title": "Arithmetic", "unit": "GOP/s", "rows": limits}]},
                {"name": "one", "title": "One", "command": "one", "missing": ["LFW, which is not here."],
                 "limits": own,
                 "tables": [{"title": "Search", "unit": unit, "rows": rows}]}]}

        def outside(new):
            with contextlib.redirect_stdout(io.StringIO()):
                return compare.report(run(), new)

        """

    private func evaluate(_ expression: String) throws -> String {
        let folder = SharedData.packageFolder.appending(path: "Benchmarks").path
        let data = try PythonEnvironment.test.run(Self.run + "print(\(expression), end='')", [folder])
        return String(decoding: data, as: UTF8.self)
    }

    @Test func thePageHasRatiosOfMediansWithTheirSpreadAndTheShareOfTheLimit() throws {
        let page = try evaluate("page.markdown(run())")
        let cells = page.split(separator: "\n").map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(cells.contains(["**Ours**", "11.0", "10.0 to 12.0", "2.00 (1.60 to 2.50)", "50% of f32"]))
        #expect(cells.contains(["Peer", "22.0", "20.0 to 24.0", "1", "–"]))
        #expect(page.contains("Missing: LFW, which is not here."))
    }

    @Test func aPartMayHaveALimitOfItsOwn() throws {
        #expect(try evaluate("page.markdown(run(own={'f32': 200}))").contains("25% of f32"))
    }

    @Test func moreIsBetterWhereTheUnitIsNotATime() throws {
        #expect(try evaluate("page.markdown(run(unit='photos/s'))").contains("0.28 ("))
    }

    @Test(arguments: [
        ("run()", "0"), ("run(ours=(11, 12, 11))", "0"), ("run(ours=(30, 30, 30))", "1"),
        ("dict(run(), parts=[])", "2"),
    ])
    func aSecondRunIsComparedRatioByRatio(run: String, outside: String) throws {
        #expect(try evaluate("outside(\(run))") == outside)
    }
}
