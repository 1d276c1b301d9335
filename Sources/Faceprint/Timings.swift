import Synchronization

/// Where the time of photos goes, stage by stage, added up over all threads.
///
/// Hand one to a `Recognizer`, and read ``stages`` at the end.
public final class Timings: Sendable {
    /// A part of a photo's way, in its order.
    public enum Stage: Int, Sendable, CaseIterable {
        /// The file's bytes are read and hashed.
        case read
        /// Bytes become pixels.
        case decode
        /// Faces are found.
        case detect
        /// Faces are cut out and brought to the networks' size.
        case align
        /// Faces become embeddings.
        case encode
        /// What is done with the embeddings: compared, searched for, stored.
        case decide
    }

    /// One stage's share.
    public struct Share: Hashable, Sendable {
        public var stage: Stage
        /// Of all threads together.
        public var seconds: Double
        /// How many photos or faces passed through it.
        public var count: Int
    }

    private let shares = Mutex(Stage.allCases.map { Share(stage: $0, seconds: 0, count: 0) })

    public init() {}

    /// The stages in their order, those without work left out.
    public var stages: [Share] { shares.withLock { $0.filter { $0.count > 0 } } }

    /// Does work and adds its time to a stage.
    ///
    /// - Parameter count: How many photos or faces the work is for.
    public func measure<T, Failure: Error>(
        _ stage: Stage, _ count: Int = 1, _ work: () throws(Failure) -> T
    ) throws(Failure) -> T {
        let start = ContinuousClock.now
        defer { add(ContinuousClock.now - start, to: stage, count) }
        return try work()
    }

    private func add(_ time: Duration, to stage: Stage, _ count: Int) {
        shares.withLock {
            $0[stage.rawValue].seconds += time / .seconds(1)
            $0[stage.rawValue].count += count
        }
    }
}

extension Timings? {
    /// Does work and, where there is a list, adds its time to it.
    package func measure<T, Failure: Error>(
        _ stage: Timings.Stage, _ count: Int = 1, _ work: () throws(Failure) -> T
    ) throws(Failure) -> T {
        guard let self else { return try work() }
        return try self.measure(stage, count, work)
    }
}
