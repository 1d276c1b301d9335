import FaceprintEvaluation
import FaceprintModels
import Foundation

/// Why two faces are taken for one person's or for two people's, as one HTML file.
public struct ExplanationPage: Sendable {
    /// One of the two photos.
    public struct Side: Hashable, Sendable {
        /// What the photo is called.
        public let name: String
        /// The face, upright: a JPEG file.
        public let picture: [UInt8]
        /// The same with its ``OcclusionMap`` over it.
        public let regions: [UInt8]

        public init(name: String, picture: [UInt8], regions: [UInt8]) {
            self.name = name
            self.picture = picture
            self.regions = regions
        }
    }

    private let sides: [Side]
    private let distance: Float
    private let threshold: Float
    private let model: String
    private let distributions: DistanceDistributions?
    private let largestChange: Float

    /// - Parameters:
    ///   - model: What made the embeddings, for the line below the title.
    ///   - distributions: nil where none are known for the model and profile.
    ///   - largestChange: The change of distance that has the strongest colour.
    public init(
        _ first: Side, _ second: Side, distance: Float, threshold: Float, model: String,
        distributions: DistanceDistributions?, largestChange: Float
    ) {
        sides = [first, second]
        self.distance = distance
        self.threshold = threshold
        self.model = model
        self.distributions = distributions
        self.largestChange = largestChange
    }

    public var html: String {
        let names = sides.map(\.name).joined(separator: " and ")
        return SelfContainedPage(
            title: "\(verdict): \(names)", body: body, style: analysisFile("explain.css")
        ).html
    }

    private var isMatch: Bool { distance <= threshold }
    private var verdict: String { isMatch ? "The same person" : "Different people" }

    private var body: String {
        let (far, most) = (decimals(Double(distance), 3), decimals(Double(threshold), 3))
        return """
            <header><h1>One person, or two?</h1><p>\(escaped(model))</p></header>
            <main>
            <section class="faces">\(face(sides[0], \.picture))
            <div class="verdict \(isMatch ? "genuine" : "impostor")"><p class="number">\(far)</p><p class="badge \
            \(isMatch ? "genuine" : "impostor")">\(verdict)</p><p>The distance of the two faces is \
            \(isMatch ? "at most" : "above") the threshold, \(most).</p></div>
            \(face(sides[1], \.picture))</section>
            <section><h2>How near is that?</h2>\(standing)</section>
            <section><h2>What it rests on</h2>
            <p>Each place of a face was hidden by a grey square, a quarter of the picture wide, and the face encoded anew. \
            <span class="label"><span class="key for"></span> Green places speak for one person: without them the \
            distance grows.</span> <span class="label"><span class="key against"></span> Orange places speak for two: \
            without them it shrinks.</span> The strongest colour is a change of \
            \(decimals(Double(largestChange), 3)). The other face is whole each time.</p>
            <div class="regions">\(face(sides[0], \.regions))\(face(sides[1], \.regions))</div></section>
            </main>
            <footer><p>A distance is between 0, the same photo, and 2. It says how alike two faces are to this model, not \
            whose they are: twins and chance look-alikes come near, and one person in bad light may not. The coloured \
            places show what moves the distance of these two photos, not what the model knows of faces at large.</p>
            <p>This page holds photos of people: personal data. It needs no network, and can’t reach any. Made by \
            Faceprint.</p></footer>
            """
    }

    private func face(_ side: Side, _ picture: KeyPath<Side, [UInt8]>) -> String {
        let name = escaped(side.name)
        let data = Data(side[keyPath: picture]).base64EncodedString()
        return "<figure class=\"face\"><img alt=\"\(name)\" src=\"data:image/jpeg;base64,\(data)\">"
            + "<figcaption>\(name)</figcaption></figure>"
    }

    private var standing: String {
        guard let distributions else {
            return """
                <figure class="scale">\(scale)</figure><p>How usual such a distance is isn’t known for this model and \
                profile. <code>faceprint calibrate DIR --save verification</code>, with a folder of people, measures \
                it.</p>
                """
        }
        let sentences = DistanceStanding(of: distance, in: distributions).sentences.map {
            "<p>\(escaped($0))</p>"
        }
        return """
            <figure class="scale">\(curves(distributions))<figcaption>\(key("genuine", "pairs of one person"))\
            \(key("impostor", "pairs of two people")) measured on \(escaped(distributions.source))</figcaption></figure>
            <div class="words">\(sentences.joined())</div>
            """
    }

    private func key(_ style: String, _ text: String) -> String {
        "<span class=\"label\"><span class=\"key \(style)\"></span> \(text)</span> "
    }

    /// Both distributions, each point the mean over 0.05, with the threshold and this pair.
    private func curves(_ distributions: DistanceDistributions) -> String {
        let areas = [("impostor", distributions.impostor), ("genuine", distributions.genuine)].map { style, bins in
            (style: style, points: smoothed(bins))
        }
        let highest = areas.flatMap { $0.points.map(\.y) }.max() ?? 0
        var plot = Plot(
            title: "Distances of pairs of one person and of two people", x: .linear("distance", to: 2, ticks: 8),
            y: .percent("share of pairs in 0.01", from: 0, to: highest > 0 ? highest : 1))
        for area in areas { plot.add(area: area.points, style: area.style) }
        plot.add(verticalAt: Double(threshold), label: "threshold \(decimals(Double(threshold), 3))")
        plot.add(dotAt: Double(distance), 0, label: "this pair \(decimals(Double(distance), 3))", isAbove: true)
        return plot.svg
    }

    /// Where the distance lies between 0 and 2, without anything known of others.
    private var scale: String {
        func place(_ value: Float) -> String { decimals(16 + 448 * Double(min(max(value, 0), 2)) / 2, 1) }
        func zone(_ style: String, _ start: Float, _ end: Float) -> String {
            "<polygon class=\"area \(style)\" points=\"\(place(start)),34 \(place(end)),34 \(place(end)),52 "
                + "\(place(start)),52\"/>"
        }
        let ticks = ([0, 0.5, 1, 1.5, 2] as [Float]).map {
            "<text x=\"\(place($0))\" y=\"74\" text-anchor=\"middle\">\(decimals(Double($0), 1))</text>"
        }
        return """
            <svg viewBox="0 0 480 84" role="img"><title>The distance on its scale</title>
            \(zone("genuine", 0, threshold))\(zone("impostor", threshold, 2))\(ticks.joined())
            <text class="mark" x="\(place(threshold))" y="22" text-anchor="middle">threshold</text>
            <circle class="dot" cx="\(place(distance))" cy="43" r="7"/></svg>
            """
    }

    private func smoothed(_ bins: [Int]) -> [(x: Double, y: Double)] {
        let total = Double(max(bins.reduce(0, +), 1))
        return bins.indices.map { i in
            let near = bins[max(0, i - 2)...min(bins.count - 1, i + 2)]
            let mean = Double(near.reduce(0, +)) / Double(near.count)
            return (2 * (Double(i) + 0.5) / Double(bins.count), mean / total)
        }
    }
}
