import FaceprintAnalysis
import FaceprintEvaluation

/// How well ways to classify do on the same photos, side by side.
struct ClassifierTable {
    private var table = Table("", "first choice right", "accepted rightly", "wrongly", "taken for strangers")

    mutating func append(_ name: String, _ counts: CrossValidation.Counts) {
        table.append(
            name, "\(counts.firstRight) of \(counts.photos)", "\(counts.right)", "\(counts.wrong)", "\(counts.rejected)"
        )
    }

    var lines: [String] { table.lines }
}
