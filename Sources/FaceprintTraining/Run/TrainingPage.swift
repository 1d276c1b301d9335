import FaceprintEvaluation
import Foundation

/// A run as a page: what was trained, how it ended, and its curves. It needs nothing else: no script, no font, no network.
struct TrainingPage {
    let title: String
    /// What is trained, on what, and how, a line each.
    let description: [String]
    let steps: [StepReport]
    let epochs: [EpochReport]

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(escaped(title))</title>
        <style>\(styleSheet)</style>
        </head>
        <body>
        <header><h1>\(escaped(title))</h1>\(description.map { "<p>\(escaped($0))</p>" }.joined())</header>
        <main>
        <section class="tiles">\(tiles)</section>
        <section><h2>Curves</h2><div class="plots">
        \(trainingFigures)\(validationFigures)
        </div></section>
        </main>
        <footer><p>A collapsed network gives every face the same embedding. Made by Faceprint.</p></footer>
        </body>
        </html>

        """
    }

    private var validations: [(epoch: Double, report: ValidationReport)] {
        epochs.compactMap { epoch in epoch.validation.map { (Double(epoch.epoch), $0) } }
    }

    private var best: EpochReport? { epochs.last(where: \.isBest) }

    private var tiles: String {
        var tiles: [(String, String, String)] = []
        if let report = best?.validation, let first = validations.first?.report {
            tiles.append(
                (
                    "AUC, held-out photos", Self.share(report.areaUnderCurve),
                    "\(Self.share(first.areaUnderCurve)) before"
                ))
            tiles.append(
                ("Equal error rate", Self.share(report.equalErrorRate), "\(Self.share(first.equalErrorRate)) before"))
            tiles.append(
                (
                    "Margin", Self.number(report.margin),
                    "mean distance of two persons less that of one; "
                        + "\(Self.number(first.margin)) before"
                ))
        }
        if let last = steps.last {
            tiles.append(
                ("Loss", Self.number(last.loss), "of the last step; \(Self.number(steps[0].loss)) of the first"))
            let speeds = steps.map(\.photosPerSecond).sorted()
            let speed = speeds[speeds.count / 2]
            tiles.append(
                ("Photos a second", String(format: speed < 100 ? "%.1f" : "%.0f", speed), "the median of all steps"))
        }
        return tiles.map {
            "<div class=\"tile\"><h3>\(escaped($0.0))</h3><p class=\"number\">\(escaped($0.1))</p><p>\(escaped($0.2))</p></div>"
        }.joined(separator: "\n")
    }

    private var epochAxis: Plot.Axis {
        .counting("epoch", to: max(steps.last?.epoch ?? 1, epochs.last?.epoch ?? 1))
    }

    /// A step's place along the epochs.
    private static func place(_ step: StepReport) -> Double {
        Double(step.epoch - 1) + Double(step.step) / Double(step.steps)
    }

    private var trainingFigures: String {
        figure(lossPlot, "Loss", Self.key("second", "each step") + Self.key("curve", "mean of the epoch"))
            + figure(distancePlot, "Distances in training", Self.distanceKey)
            + figure(
                activePlot, "Active share",
                "The share of pairs that still have a loss: near 0, there is nothing left to learn; near 1 with both "
                    + "distances near 0, the network has collapsed.")
    }

    private var lossPlot: Plot {
        let highest = steps.map(\.loss).max() ?? 0
        var plot = Plot(
            title: "Loss over epochs", x: epochAxis,
            y: .linear("loss", to: highest > 0 ? highest : 1, ticks: 5, digits: 3))
        plot.add(line: steps.map { (Self.place($0), $0.loss) }, style: "second")
        plot.add(line: epochs.compactMap { e in e.loss.map { (Double(e.epoch), $0) } }, style: "curve")
        return plot
    }

    private var distancePlot: Plot {
        var plot = Plot(
            title: "Mean distances over epochs", x: epochAxis, y: .linear("L2 distance", to: 2, ticks: 4))
        plot.add(line: steps.map { (Self.place($0), $0.positiveDistance) }, style: "own")
        plot.add(line: steps.map { (Self.place($0), $0.negativeDistance) }, style: "other")
        return plot
    }

    private var activePlot: Plot {
        var plot = Plot(
            title: "Share of active pairs over epochs", x: epochAxis,
            y: .percent("active", from: 0, to: 1, ticks: 5))
        plot.add(line: steps.map { (Self.place($0), $0.activeFraction) }, style: "curve")
        return plot
    }

    private var validationFigures: String {
        guard !validations.isEmpty else { return "" }
        let lowest = validations.map(\.report.areaUnderCurve).min() ?? 0
        var rates = Plot(
            title: "AUC over epochs", x: epochAxis,
            y: .percent("area under the ROC curve", from: lowest < 0.9 ? 0.5 : 0.9, to: 1, ticks: 5))
        rates.add(line: validations.map { ($0.epoch, $0.report.areaUnderCurve) }, style: "curve")
        var distances = Plot(
            title: "Mean distances of held-out photos over epochs", x: epochAxis,
            y: .linear("L2 distance", to: 2, ticks: 4))
        distances.add(line: validations.map { ($0.epoch, $0.report.positiveDistance) }, style: "own")
        distances.add(line: validations.map { ($0.epoch, $0.report.negativeDistance) }, style: "other")
        return figure(rates, "Held-out photos: AUC", "All pairs of photos that the network isn't trained on.")
            + figure(distances, "Held-out photos: distances", Self.distanceKey)
    }

    private func figure(_ plot: Plot, _ title: String, _ caption: String) -> String {
        "<figure><h3>\(title)</h3>\(plot.svg)<figcaption>\(caption)</figcaption></figure>\n"
    }

    private static var distanceKey: String { key("genuine", "one person") + key("impostor", "two persons") }

    private static func key(_ style: String, _ text: String) -> String {
        "<span class=\"label\"><span class=\"key \(style)\"></span> \(escaped(text))</span> "
    }

    private static func share(_ value: Double) -> String { String(format: "%.2f %%", 100 * value) }

    private static func number(_ value: Double) -> String { String(format: "%.3g", value) }
}
