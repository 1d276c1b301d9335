import FaceprintGallery
import Foundation

/// The threshold of identification, and what it means for a gallery of this size.
extension Application {
    private struct Point: Encodable {
        let threshold: Float
        let fmr: Nullable<Double>
        let fpir: Nullable<Double>
    }

    private struct Answer: Encodable {
        let threshold: Float
        let `default`: Float
        let fmr: Nullable<Double>
        let fpir: Nullable<Double>
        let people: Int
        let templates: Int
        let points: [Point]
    }

    private struct Change: Decodable {
        private enum Member: CodingKey {
            case threshold
        }

        let threshold: Float?

        /// What is missing is no null: nothing is reset by an oversight.
        init(from decoder: any Decoder) throws {
            // A number too small for a Float is 0, and no malformed JSON.
            threshold = try decoder.container(keyedBy: Member.self).decode(Double?.self, forKey: .threshold)
                .map { Float($0) }
        }
    }

    private static let rates: [String: JSON] = [
        "threshold": Schema.number, "fmr": Schema.optional(Schema.number), "fpir": Schema.optional(Schema.number),
    ]
    private static let answer = Schema.object(
        rates.merging([
            "default": Schema.number, "people": Schema.count, "templates": Schema.count,
            "points": Schema.list(Schema.object(rates)),
        ]) { $1 })

    static let thresholdRoutes: [Route] = [
        Route(
            "GET", "/api/v1/admin/threshold", .scope(.admin),
            Operation(
                tag: .admin,
                summary: "The largest distance at which somebody is recognised (1:N), its false match rate, and how "
                    + "often a stranger would be taken for one of these people (FPIR).", answer: .json(answer))
        ) { app, _ in
            try app.threshold()
        },
        Route(
            "PUT", "/api/v1/admin/threshold", .scope(.admin),
            Operation(
                tag: .admin, summary: "Set it; null for the model's own.",
                body: .json(
                    Schema.object([
                        "threshold": Schema.optional(["type": "number", "minimum": 0, "maximum": 2])
                    ])), answer: .json(answer))
        ) { app, call in
            let change = try call.request.json(Change.self)
            try app.gallery.setIdentificationThreshold(change.threshold, by: call.actor)
            return try app.threshold()
        },
    ]

    private func threshold() throws -> Response {
        let size = try gallery.size()
        let current = try gallery.identificationThreshold() ?? settings.thresholds.identification
        // A slider's worth.
        let ends = settings.thresholds.rangeOfInterest
        let points = (0...50).map { step in
            point(ends.lowerBound + (ends.upperBound - ends.lowerBound) * Float(step) / 50, templates: size.templates)
        }
        let now = point(current, templates: size.templates)
        return try .json(
            Answer(
                threshold: current, default: settings.thresholds.identification, fmr: now.fmr, fpir: now.fpir,
                people: size.people, templates: size.templates, points: points))
    }

    /// With N templates, each a chance of a false match: FPIR = 1 − (1 − FMR)^N, as if they were independent, which
    /// is the most it can be.
    private func point(_ threshold: Float, templates: Int) -> Point {
        let rate = settings.thresholds.falseMatchRate(at: threshold)
        let falsePositives = rate.map { -expm1(Double(templates) * log1p(-min($0, 1 - 1e-12))) }
        return Point(threshold: threshold, fmr: Nullable(rate), fpir: Nullable(falsePositives))
    }
}
