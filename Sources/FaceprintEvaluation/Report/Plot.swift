/// A drawing in SVG with axes, coloured by the page's style sheet.
package struct Plot {
    package struct Axis {
        package let label: String
        package let range: ClosedRange<Double>
        /// Where to write what.
        package let ticks: [(at: Double, text: String)]

        /// Powers of ten, from 10^`lowest` to 1; positions are logarithms.
        package static func logarithmic(_ label: String, from lowest: Int) -> Axis {
            let texts = ["1", "0.1", "0.01", "1e-3", "1e-4", "1e-5", "1e-6"]
            return Axis(
                label: label, range: Double(lowest)...0,
                ticks: (lowest...0).map { (Double($0), texts[-$0]) })
        }

        package static func linear(_ label: String, to end: Double, ticks: Int, digits: Int = 2) -> Axis {
            Axis(
                label: label, range: 0...end,
                ticks: (0...ticks).map {
                    let value = end * Double($0) / Double(ticks)
                    return (value, decimals(value, digits))
                })
        }

        /// Whole numbers from 0, in round steps of which at most six reach to `end`.
        package static func counting(_ label: String, to end: Int) -> Axis {
            let decades = sequence(first: 1) { $0 * 10 }.prefix(9)
            let step = decades.lazy.flatMap { [$0, 2 * $0, 5 * $0] }.first { end <= 6 * $0 } ?? max(end, 1)
            let count = max(1, (end + step - 1) / step)
            return Axis(
                label: label, range: 0...Double(step * count),
                ticks: (0...count).map { (Double(step * $0), "\(step * $0)") })
        }

        /// Shares as percentages, in that many equal parts.
        package static func percent(_ label: String, from start: Double, to end: Double, ticks: Int) -> Axis {
            Axis(
                label: label, range: start...end,
                ticks: (0...ticks).map {
                    let value = start + (end - start) * Double($0) / Double(ticks)
                    return (value, "\(Int((100 * value).rounded())) %")
                })
        }

        /// Shares as percentages, in round steps of which at most six reach from `start` beyond `end`.
        package static func percent(_ label: String, from start: Double, to end: Double) -> Axis {
            let steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2]
            let step = steps.first { (end - start) / $0 <= 6 } ?? 0.2
            let count = max(1, Int(((end - start) / step).rounded(.up)))
            return Axis(
                label: label, range: start...(start + step * Double(count)),
                ticks: (0...count).map {
                    let value = start + step * Double($0)
                    return (value, "\(decimals(100 * value, step < 0.01 ? 1 : 0)) %")
                })
        }
    }

    package let title: String
    package let x: Axis
    package let y: Axis
    private var shapes: [String] = []

    private static let (width, height) = (480.0, 340.0)
    private static let (left, right, top, bottom) = (64.0, 16.0, 16.0, 52.0)

    package init(title: String, x: Axis, y: Axis) {
        self.title = title
        self.x = x
        self.y = y
    }

    package mutating func add(line points: [(x: Double, y: Double)], style: String) {
        shapes.append("<polyline class=\"line \(style)\" points=\"\(coordinates(points))\"/>")
    }

    /// The area between a line and the x axis.
    package mutating func add(area points: [(x: Double, y: Double)], style: String) {
        guard let first = points.first, let last = points.last else { return }
        let floor = y.range.lowerBound
        let outline = [(first.x, floor)] + points.map { ($0.x, $0.y) } + [(last.x, floor)]
        shapes.append(
            "<polygon class=\"area \(style)\" points=\"\(coordinates(outline.map { (x: $0.0, y: $0.1) }))\"/>")
    }

    package mutating func add(verticalAt position: Double, label: String) {
        let place = horizontal(position)
        let isLeft = place < Plot.width / 2
        shapes.append(
            "<line class=\"threshold\" x1=\"\(decimals(place, 1))\" x2=\"\(decimals(place, 1))\" y1=\"\(Plot.top)\" "
                + "y2=\"\(Plot.height - Plot.bottom)\"/><text class=\"mark\" x=\"\(decimals(place + (isLeft ? 5 : -5), 1))\" "
                + "y=\"\(Plot.top + 12)\" text-anchor=\"\(isLeft ? "start" : "end")\">\(escaped(label))</text>")
    }

    /// A point of a curve, with its label to the side that has room, above or below the point.
    package mutating func add(dotAt x: Double, _ y: Double, label: String, isAbove: Bool) {
        let (left, top) = (horizontal(x), vertical(y))
        let isLeft = left < Plot.width / 2
        shapes.append(
            "<circle class=\"dot\" cx=\"\(decimals(left, 1))\" cy=\"\(decimals(top, 1))\" r=\"4.5\"/>"
                + "<text class=\"mark\" x=\"\(decimals(left + (isLeft ? 8 : -8), 1))\" "
                + "y=\"\(decimals(top + (isAbove ? -10 : 20), 1))\" text-anchor=\"\(isLeft ? "start" : "end")\">"
                + "\(escaped(label))</text>")
    }

    package var svg: String {
        var lines = [
            "<svg viewBox=\"0 0 \(Int(Plot.width)) \(Int(Plot.height))\" role=\"img\"><title>\(escaped(title))</title>"
        ]
        let (floor, start) = (Plot.height - Plot.bottom, Plot.left)
        for tick in x.ticks {
            let place = decimals(horizontal(tick.at), 1)
            lines.append("<line class=\"grid\" x1=\"\(place)\" x2=\"\(place)\" y1=\"\(Plot.top)\" y2=\"\(floor)\"/>")
            lines.append("<text x=\"\(place)\" y=\"\(floor + 18)\" text-anchor=\"middle\">\(escaped(tick.text))</text>")
        }
        for tick in y.ticks {
            let place = decimals(vertical(tick.at), 1)
            lines.append(
                "<line class=\"grid\" x1=\"\(start)\" x2=\"\(Plot.width - Plot.right)\" y1=\"\(place)\" y2=\"\(place)\"/>"
            )
            lines.append(
                "<text x=\"\(start - 8)\" y=\"\(place)\" text-anchor=\"end\" dominant-baseline=\"middle\">"
                    + "\(escaped(tick.text))</text>")
        }
        lines += shapes
        let middle = (floor + Plot.top) / 2
        lines.append(
            "<text class=\"axis\" x=\"\((start + Plot.width - Plot.right) / 2)\" y=\"\(Plot.height - 10)\" "
                + "text-anchor=\"middle\">\(escaped(x.label))</text>")
        lines.append(
            "<text class=\"axis\" x=\"14\" y=\"\(middle)\" text-anchor=\"middle\" "
                + "transform=\"rotate(-90 14 \(middle))\">\(escaped(y.label))</text></svg>")
        return lines.joined(separator: "\n")
    }

    private func coordinates(_ points: [(x: Double, y: Double)]) -> String {
        points.map { "\(decimals(horizontal($0.x), 1)),\(decimals(vertical($0.y), 1))" }.joined(separator: " ")
    }

    private func horizontal(_ value: Double) -> Double {
        Plot.left + share(value, x.range) * (Plot.width - Plot.left - Plot.right)
    }

    private func vertical(_ value: Double) -> Double {
        Plot.height - Plot.bottom - share(value, y.range) * (Plot.height - Plot.top - Plot.bottom)
    }

    /// 0…1; what is outside of the axis is drawn at its end.
    private func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
        min(max((value - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1)
    }
}
