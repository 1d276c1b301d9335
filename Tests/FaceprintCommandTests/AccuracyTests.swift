import FaceprintFiles
import Foundation
import TestSupport
import Testing

/// How well people are told apart, on a part of LFW: a guard against mistakes on the way from a photo to a decision.
/// `Benchmarks/accuracy.py` measures all of it.
@Suite(.needsSharedData, .needsDetectors, .needsFaceNet) struct AccuracyTests {
    /// The first pairs of each kind in both folds.
    private func pairs(ofEachKind count: Int) throws -> String {
        let lines = try String(contentsOf: SharedData.url("lfw-dev/pairs.txt"), encoding: .utf8)
            .split(separator: "\n").dropFirst()
        let kinds = stride(from: 0, to: lines.count, by: 300).flatMap { lines.dropFirst($0).prefix(count) }
        return (["2\t\(count)"] + kinds.map(String.init)).joined(separator: "\n") + "\n"
    }

    @Test(arguments: ["fused", "facenet"])
    func pairsOfRealPhotosAreToldApart(model: String) throws {
        struct Report: Decodable {
            struct Folds: Decodable {
                struct Mean: Decodable { let mean: Double }
                let accuracy: Mean
            }
            struct Share: Decodable { let count, total: Int }
            struct Decision: Decodable { let fmr, fnmr: Share }
            let folds: Folds
            let decision: Decision
            let refusedPhotos: Share
        }
        let tool = try CommandLineTool(home: DataFolder().path)
        let list = tool.folder.path("pairs.txt")
        try pairs(ofEachKind: 50).write(toFile: list, atomically: true, encoding: .utf8)
        let run = try tool(
            "evaluate", "lfw", SharedData.url("lfw-dev/images").path, "--pairs", list, "--model", model, "--json")
        #expect(run.status == 0, "\(run.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        #expect(report.refusedPhotos.count == 0)
        // Of 200 pairs at most two are decided wrongly.
        #expect(report.folds.accuracy.mean >= 0.99, "\(report.folds.accuracy.mean)")
        // At the model's own threshold, over all pairs of the photos.
        #expect(report.decision.fmr.total > 10_000)
        #expect(Double(report.decision.fmr.count) < 1e-3 * Double(report.decision.fmr.total))
        let refused = Double(report.decision.fnmr.count) / Double(report.decision.fnmr.total)
        #expect(refused < (model == "fused" ? 0.05 : 0.2), "\(refused)")
    }
}
