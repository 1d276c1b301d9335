import Faceprint

/// Where a face's box is and how it moves: the constant velocity of SORT (Bewley, Ge, Ott, Ramos and Upcroft, *Simple
/// online and realtime tracking*, 2016), by an α-β filter, which is a Kalman filter in its steady state.
struct Motion: Hashable, Sendable {
    private(set) var box: Box
    private(set) var time: Double
    /// Of the box's middle, in pixels a second.
    private var velocity = Point(x: 0, y: 0)
    private var sightings = 1

    /// How much of what a prediction is off goes into the velocity.
    private static let beta: Float = 0.4
    /// For how long a velocity is believed, in seconds.
    private static let horizon = 0.5

    init(_ box: Box, at time: Double) {
        self.box = box
        self.time = time
    }

    /// Where it should be, of the size that it had.
    func predicted(at now: Double) -> Box {
        let seconds = Float(min(max(now - time, 0), Self.horizon))
        var predicted = box
        predicted.x += velocity.x * seconds
        predicted.y += velocity.y * seconds
        return predicted
    }

    mutating func observe(_ seen: Box, at now: Double) {
        let seconds = Float(now - time)
        if seconds > 0 {
            let expected = predicted(at: now)
            // The second sighting is all that is known of the velocity.
            let gain = sightings == 1 ? 1 : Self.beta
            velocity.x += gain * (seen.middle.x - expected.middle.x) / seconds
            velocity.y += gain * (seen.middle.y - expected.middle.y) / seconds
            sightings += 1
        }
        (box, time) = (seen, max(now, time))
    }
}

extension Box {
    var middle: Point { Point(x: x + width / 2, y: y + height / 2) }
}
