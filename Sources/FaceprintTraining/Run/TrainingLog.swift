import FaceprintFiles
import Foundation

/// What a run has said of its steps and epochs, as two tables for a spreadsheet: `steps.csv` and `epochs.csv`.
///
/// A line is in its file as soon as it is said. A run that goes on from a checkpoint takes away what came after it.
final class TrainingLog {
    private(set) var steps: [StepReport]
    private(set) var epochs: [EpochReport]
    private let folder: String

    /// - Parameter state: How far the run has come.
    /// - Throws: `FileError`.
    init(folder: String, upTo state: TrainingState) throws {
        self.folder = folder
        steps = Self.rows(folder + "/steps.csv").compactMap(StepReport.init(fields:))
            .filter { ($0.epoch, $0.step) <= (state.epochs + 1, state.steps) && state.allSteps > 0 }
        epochs = Self.rows(folder + "/epochs.csv").compactMap(EpochReport.init(fields:))
            .filter { $0.epoch <= state.epochs && state.allSteps > 0 }
        try rewrite()
    }

    func add(_ event: TrainingEvent) throws {
        switch event {
        case .step(let report):
            steps.append(report)
            try append(report.fields, to: "steps.csv")
        case .epoch(let report):
            epochs.append(report)
            try append(report.fields, to: "epochs.csv")
        }
    }

    private func rewrite() throws {
        try write([StepReport.titles] + steps.map(\.fields), to: "steps.csv")
        try write([EpochReport.titles] + epochs.map(\.fields), to: "epochs.csv")
    }

    private func write(_ rows: [[String]], to name: String) throws {
        let text = rows.map { CSVRow.text($0) + "\r\n" }.joined()
        try File.write(Array(text.utf8), to: "\(folder)/\(name)")
    }

    private func append(_ row: [String], to name: String) throws {
        let path = "\(folder)/\(name)"
        do {
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            try handle.seekToEnd()
            try handle.write(contentsOf: Data((CSVRow.text(row) + "\r\n").utf8))
        } catch {
            throw FileError.unwritable(path: path, reason: error.localizedDescription)
        }
    }

    /// The rows after the first. Fields of numbers are never quoted.
    private static func rows(_ path: String) -> [[String]] {
        guard let bytes = try? File.read(path, limit: 1 << 30) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

extension StepReport {
    static let titles = [
        "epoch", "step", "steps", "loss", "rate", "count", "active_fraction", "positive_distance",
        "negative_distance", "gradient_norm", "photos_per_second",
    ]

    var fields: [String] {
        [
            "\(epoch)", "\(step)", "\(steps)", "\(loss)", "\(rate)", "\(count)", "\(activeFraction)",
            "\(positiveDistance)", "\(negativeDistance)", "\(gradientNorm)", "\(photosPerSecond)",
        ]
    }

    init?(fields: [String]) {
        let numbers = fields.compactMap(Double.init)
        guard numbers.count == Self.titles.count, fields.count == numbers.count else { return nil }
        self.init(
            epoch: Int(numbers[0]), step: Int(numbers[1]), steps: Int(numbers[2]), loss: numbers[3],
            rate: Float(numbers[4]), count: Int(numbers[5]), activeFraction: numbers[6], positiveDistance: numbers[7],
            negativeDistance: numbers[8], gradientNorm: numbers[9], photosPerSecond: numbers[10])
    }
}

extension EpochReport {
    static let titles = [
        "epoch", "loss", "is_best", "genuine_pairs", "impostor_pairs", "auc", "eer", "positive_distance",
        "negative_distance",
    ]

    var fields: [String] {
        let measured: [String] =
            validation.map { report in
                [
                    "\(report.genuinePairs)", "\(report.impostorPairs)", "\(report.areaUnderCurve)",
                    "\(report.equalErrorRate)", "\(report.positiveDistance)", "\(report.negativeDistance)",
                ]
            } ?? [String](repeating: "", count: 6)
        return ["\(epoch)", loss.map { "\($0)" } ?? "", isBest ? "1" : "0"] + measured
    }

    init?(fields: [String]) {
        guard fields.count == Self.titles.count, let epoch = Int(fields[0]) else { return nil }
        let numbers = fields[3...].compactMap(Double.init)
        let validation =
            numbers.count == 6
            ? ValidationReport(
                genuinePairs: Int(numbers[0]), impostorPairs: Int(numbers[1]), areaUnderCurve: numbers[2],
                equalErrorRate: numbers[3], positiveDistance: numbers[4], negativeDistance: numbers[5]) : nil
        self.init(epoch: epoch, loss: Double(fields[1]), validation: validation, isBest: fields[2] == "1")
    }
}
