import Synchronization

/// Counters and durations, in Prometheus' text format.
final class Metrics: Sendable {
    private struct Series: Hashable {
        let route: String
        let status: Int
    }

    private struct State {
        var requests: [Series: Int] = [:]
        /// `[route][bucket]`: how many took no longer than the bucket's bound, and one more for all.
        var durations: [String: [Int]] = [:]
        var durationSums: [String: Double] = [:]
        var decisions: [String: Int] = [:]
        var faces = 0
    }

    /// In seconds.
    private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
    private let state = Mutex(State())

    /// - Parameters:
    ///   - route: Its pattern, never the path: paths hold names.
    func countRequest(route: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.requests[Series(route: route, status: status), default: 0] += 1
            var buckets = state.durations[route] ?? [Int](repeating: 0, count: Self.bounds.count + 1)
            for (i, bound) in Self.bounds.enumerated() where seconds <= bound { buckets[i] += 1 }
            buckets[Self.bounds.count] += 1
            state.durations[route] = buckets
            state.durationSums[route, default: 0] += seconds
        }
    }

    /// - Parameter result: Such as `identified`.
    func countDecision(_ result: String) { state.withLock { $0.decisions[result, default: 0] += 1 } }

    func countFaces(_ count: Int) { state.withLock { $0.faces += count } }

    /// - Parameters:
    ///   - people: In the gallery.
    ///   - templates: In the gallery.
    func text(people: Int, templates: Int) -> String {
        let state = state.withLock { $0 }
        var lines = [
            "# HELP faceprint_requests_total Requests by route and status.",
            "# TYPE faceprint_requests_total counter",
        ]
        for (series, count) in state.requests.sorted(by: {
            ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
        }) {
            lines.append(
                "faceprint_requests_total{route=\"\(series.route)\",status=\"\(series.status)\"} \(count)")
        }
        lines += [
            "# HELP faceprint_request_duration_seconds Time from a whole request to its answer.",
            "# TYPE faceprint_request_duration_seconds histogram",
        ]
        for (route, buckets) in state.durations.sorted(by: { $0.key < $1.key }) {
            let name = "faceprint_request_duration_seconds"
            for (bound, count) in zip(Self.bounds, buckets) {
                lines.append("\(name)_bucket{route=\"\(route)\",le=\"\(bound)\"} \(count)")
            }
            let all = buckets[Self.bounds.count]
            lines.append("\(name)_bucket{route=\"\(route)\",le=\"+Inf\"} \(all)")
            lines.append("\(name)_sum{route=\"\(route)\"} \(state.durationSums[route] ?? 0)")
            lines.append("\(name)_count{route=\"\(route)\"} \(all)")
        }
        lines += ["# HELP faceprint_decisions_total Decisions by result.", "# TYPE faceprint_decisions_total counter"]
        for (result, count) in state.decisions.sorted(by: { $0.key < $1.key }) {
            lines.append("faceprint_decisions_total{result=\"\(result)\"} \(count)")
        }
        for (name, kind, help, value) in [
            ("faces_total", "counter", "Faces that were encoded.", state.faces),
            ("people", "gauge", "People in the gallery.", people),
            ("templates", "gauge", "Templates in the gallery.", templates),
        ] {
            lines += [
                "# HELP faceprint_\(name) \(help)", "# TYPE faceprint_\(name) \(kind)", "faceprint_\(name) \(value)",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
