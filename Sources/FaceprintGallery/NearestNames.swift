import Foundation

/// Suggestions for a name that nobody has.
enum NearestNames {
    /// Up to three of `names` that somebody may have meant by `wanted`, the nearest first: names that contain it, and
    /// those a few typing errors away, without regard to case and accents.
    static func of(_ wanted: String, among names: [String]) -> [String] {
        let wanted = Array(plain(wanted).unicodeScalars)
        let farthest = max(1, wanted.count / 3)
        return names.compactMap { name -> (name: String, distance: Int)? in
            let candidate = Array(plain(name).unicodeScalars)
            if wanted.count >= 3, contains(candidate, wanted) { return (name, 1) }
            guard abs(candidate.count - wanted.count) <= farthest else { return nil }
            let distance = editDistance(candidate, wanted)
            return distance <= farthest ? (name, distance) : nil
        }
        .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
        .prefix(3).map(\.name)
    }

    private static func plain(_ name: String) -> String {
        name.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }

    private static func contains(_ name: [Unicode.Scalar], _ part: [Unicode.Scalar]) -> Bool {
        name.count >= part.count && (0...(name.count - part.count)).contains { name[$0...].starts(with: part) }
    }

    /// Levenshtein's distance: how many insertions, deletions and replacements lead from one to the other.
    private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let replaced = diagonal + (x == y ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }
}
