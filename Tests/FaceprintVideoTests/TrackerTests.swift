import Faceprint
import Testing

@testable import FaceprintVideo

/// Boxes that are made here, at 25 frames a second.
@Suite struct TrackerTests {
    private static let space = EmbeddingSpace(model: "made", modelSHA256: "", profile: "made")

    private func face(_ x: Float, _ y: Float = 100, side: Float = 60) -> Face {
        let eye = Point(x: x + 20, y: y + 20)
        return Face(
            box: Box(x: x, y: y, width: side, height: side),
            landmarks: Landmarks(leftEye: eye, rightEye: eye, nose: eye, leftMouth: eye, rightMouth: eye), score: 0.9)
    }

    /// People are at right angles: √2 apart.
    private func look(_ person: Int) throws -> Embedding {
        var values = [Float](repeating: 0, count: 8)
        values[person] = 1
        return try Embedding(normalizing: values, space: Self.space)
    }

    /// Follows people who are known by what they look like from the first frame on.
    ///
    /// - Parameter places: For each frame the people in it and where.
    /// - Returns: The numbers of the tracks that each person had, in the order in which they had them.
    private func numbers(
        _ places: [[(person: Int, face: Face)]], remembers: Bool = true, tracker: inout FaceTracker
    ) throws -> [Int: [Int]] {
        var numbers: [Int: [Int]] = [:]
        for (frame, people) in places.enumerated() {
            let found = try tracker.update(people.map(\.face), at: Double(frame) / 25) { try look(people[$0].person) }
            for (place, number) in found.numbers.enumerated() {
                let (person, number) = (people[place].person, try #require(number))
                if numbers[person]?.last != number { numbers[person, default: []].append(number) }
                if remembers { tracker.remember(try look(person), of: number) }
            }
        }
        return numbers
    }

    @Test func twoWhoWalkKeepTheirNumbers() throws {
        var tracker = FaceTracker()
        let frames = (0..<50).map { i in [(0, face(Float(4 * i))), (1, face(500 - Float(4 * i), 300))] }
        #expect(try numbers(frames, remembers: false, tracker: &tracker) == [0: [1], 1: [2]])
        #expect(tracker.tracks.map(\.sightings) == [50, 50])
        #expect(tracker.finish().map(\.end) == [49.0 / 25, 49.0 / 25])
    }

    @Test func aNewFaceGetsANewNumberAndTheOrderOfFacesDoesNotMatter() throws {
        var tracker = FaceTracker()
        var frames = (0..<10).map { _ in [(0, face(100))] }
        frames += (0..<10).map { i in i % 2 == 0 ? [(1, face(400)), (0, face(100))] : [(0, face(100)), (1, face(400))] }
        #expect(try numbers(frames, tracker: &tracker) == [0: [1], 1: [2]])
    }

    @Test func aShortLossIsBridgedByMotion() throws {
        var tracker = FaceTracker()
        // Fast enough to be where no box has been, out of sight for a fifth of a second.
        let frames = (0..<30).map { i in (15..<20).contains(i) ? [] : [(0, face(Float(10 * i)))] }
        #expect(try numbers(frames, remembers: false, tracker: &tracker) == [0: [1]])
    }

    @Test func whoeverIsBackIsKnownByTheFaceWhereverTheyAre() throws {
        var tracker = FaceTracker()
        var frames = (0..<10).map { _ in [(0, face(100))] }
        frames += (0..<40).map { _ in [] }
        frames += (0..<10).map { _ in [(0, face(500, 300))] }
        #expect(try numbers(frames, tracker: &tracker) == [0: [1]])
    }

    @Test func somebodyElseInThatPlaceIsSomebodyElse() throws {
        var tracker = FaceTracker()
        var frames = (0..<10).map { _ in [(0, face(100))] }
        frames += [[]]
        frames += (0..<10).map { _ in [(1, face(104))] }
        #expect(try numbers(frames, tracker: &tracker) == [0: [1], 1: [2]])
    }

    @Test func aTrackEndsWhenItsTimeIsOver() throws {
        var tracker = FaceTracker()
        _ = try numbers((0..<10).map { _ in [(0, face(100))] }, tracker: &tracker)
        #expect(tracker.update([], at: 3) { _ in nil }.ended.isEmpty)
        let ended = tracker.update([face(100)], at: 3.5) { _ in nil }
        #expect(ended.ended.map(\.number) == [1])
        #expect(ended.numbers == [2])
    }

    @Test func whatIsSeenOnceIsForgottenSoon() {
        var tracker = FaceTracker()
        _ = tracker.update([face(100)], at: 0) { _ in nil }
        #expect(tracker.update([], at: 0.4) { _ in nil }.ended.map(\.number) == [1])
    }

    /// One passes before the other: their boxes fall together, and for some frames one face is all that is seen.
    @Test(arguments: [true, false]) func whoCrossIsNotExchanged(turnsBack: Bool) throws {
        var tracker = FaceTracker()
        let frames = (0..<80).map { i -> [(Int, Face)] in
            // They meet in the middle at frame 40; one walks on, or both turn back.
            let part = Float(turnsBack ? min(i, 80 - i) : i)
            let (first, second) = (face(100 + 3 * part), face(340 - 3 * part, 104))
            let together = first.box.intersectionOverUnion(second.box) > 0.4
            return together ? [(0, first)] : [(0, first), (1, second)]
        }
        #expect(try numbers(frames, tracker: &tracker) == [0: [1], 1: [2]])
    }

    @Test func appearanceIsAskedOnlyWhereItIsNeeded() throws {
        var tracker = FaceTracker()
        var asked = 0
        for frame in 0..<20 {
            _ = try tracker.update([face(Float(2 * frame)), face(400)], at: Double(frame) / 25) { place in
                asked += 1
                return try look(place)
            }
            tracker.remember(try look(0), of: 1)
            tracker.remember(try look(1), of: 2)
        }
        #expect(asked == 0)
    }

    @Test func manyFacesStayBounded() {
        var tracker = FaceTracker()
        var random = SystemRandomNumberGenerator()
        for frame in 0..<40 {
            let faces = (0..<200).map { _ in
                face(.random(in: 0...4000, using: &random), .random(in: 0...4000, using: &random))
            }
            let numbers = tracker.update(faces, at: Double(frame) / 25) { _ in nil }.numbers
            #expect(numbers.count { $0 != nil } == 32)
        }
        #expect(tracker.tracks.count < 500)
    }

    // MARK: Assignment

    @Test func theCheapestAssignmentIsFound() {
        #expect(assignment(of: [[1, 2], [1, 9]], alone: 100) == [1, 0])
        #expect(assignment(of: [[.infinity, 2], [.infinity, 1]], alone: 100) == [nil, 1])
        #expect(assignment(of: [[3, 1, 2]], alone: 100) == [1])
        #expect(assignment(of: [[5]], alone: 4) == [nil])
        #expect(assignment(of: [[], []], alone: 4) == [nil, nil])
        #expect(assignment(of: [], alone: 4) == [])
    }

    @Test func assignmentsAreThoseOfAllTries() {
        for seed in 0..<50 {
            let numbers = (0..<16).map { Float((($0 + 1) * 7919 * (seed + 3)) % 101) }
            let costs = (0..<4).map { row in Array(numbers[(4 * row)..<(4 * row + 4)]) }
            let found = assignment(of: costs, alone: 1e6)
            let total = zip(costs, found).reduce(0) { $0 + $1.0[$1.1!] }
            #expect(Set(found).count == 4)
            #expect(
                total == Self.permutations([0, 1, 2, 3]).map { zip(costs, $0).reduce(0) { $0 + $1.0[$1.1] } }.min())
        }
    }

    private static func permutations(_ values: [Int]) -> [[Int]] {
        guard !values.isEmpty else { return [[]] }
        return values.flatMap { first in permutations(values.filter { $0 != first }).map { [first] + $0 } }
    }
}
