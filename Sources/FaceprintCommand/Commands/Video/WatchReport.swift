import Faceprint
import FaceprintServer
import FaceprintVideo
import Foundation

/// A way to print what is seen.
protocol WatchReport {
    func add(_ decision: TrackDecision)
    func lost(_ reason: String, at time: Double)
    func back(_ source: VideoSource, at time: Double)
    func end(skipped: Int, damaged: Int)
}

extension WatchReport {
    func lost(_ reason: String, at time: Double) { Console.error("\(reason); trying again") }

    func back(_ source: VideoSource, at time: Double) { Console.error("“\(source)” is back") }

    func end(skipped: Int, damaged: Int) {
        if skipped > 0 { Console.error("\(counted(skipped, "picture", "pictures")) passed over to keep up") }
        if damaged > 0 { Console.error("\(counted(damaged, "damaged picture", "damaged pictures")) passed over") }
    }
}

/// A line a decision.
struct WatchLines: WatchReport {
    func add(_ decision: TrackDecision) {
        let frames = counted(decision.distances.count, "frame", "frames")
        let nearest = decision.identification.candidates.first
        let text =
            if let match = decision.match {
                "welcome in, \(match.person) (distance \(formatted(match.distance)), \(frames))"
            } else if let nearest {
                "not in the database (nearest is \(formatted(nearest.distance)) away, "
                    + "threshold \(formatted(decision.identification.threshold)), \(frames))"
            } else {
                "not in the database (\(frames))"
            }
        Console.line("\(Self.clock(decision.end))  \(text)")
    }

    /// Minutes, seconds and tenths, with hours where there are any: `00:03.2`.
    static func clock(_ seconds: Double) -> String {
        let tenths = Int((max(0, min(seconds, 1e9)) * 10).rounded(.down))
        let (minutes, rest) = (tenths / 600, tenths % 600)
        let hours = minutes >= 60 ? String(format: "%d:", minutes / 60) : ""
        return hours + String(format: "%02d:%02d.%d", minutes % 60, rest / 10, rest % 10)
    }
}

/// A JSON object a line: decisions, and when the source was lost and back.
struct WatchJSON: WatchReport {
    private struct Decision: Encodable {
        let event = "decision"
        let time: Double
        let track: Int
        let person: Nullable<String>
        /// To the nearest person; null in an empty gallery.
        let distance: Nullable<Float>
        let threshold: Float
        /// To the nearest person after each frame that was encoded.
        let distances: [Float]
        /// In which the face was seen.
        let frames: Int
        let from, to: Double
        let box: Box
        let boxTime: Double
    }

    private struct Message: Encodable {
        let event: String
        let time: Double
        var reason: String?
    }

    func add(_ decision: TrackDecision) {
        print(
            Decision(
                time: rounded(decision.end), track: decision.track, person: Nullable(decision.match?.person),
                distance: Nullable(decision.identification.candidates.first?.distance),
                threshold: decision.identification.threshold, distances: decision.distances,
                frames: decision.sightings, from: rounded(decision.start), to: rounded(decision.end),
                box: decision.face.box, boxTime: rounded(decision.bestTime)))
    }

    func lost(_ reason: String, at time: Double) {
        Console.error("\(reason); trying again")
        print(Message(event: "lost", time: rounded(time), reason: reason))
    }

    func back(_ source: VideoSource, at time: Double) {
        Console.error("“\(source)” is back")
        print(Message(event: "back", time: rounded(time)))
    }

    private func print(_ value: some Encodable) {
        if let line = try? jsonLine(value) { Console.line(line) }
    }

    /// To the millisecond.
    private func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}
