#if Training
    import Foundation
    import Synchronization

    @testable import FaceprintTraining

    /// Ranks as threads of one process.
    final class ThreadRanks: Sendable {
        /// What the ranks have brought, and which round that is of.
        private struct Meeting {
            var brought: [[Float]]
            var count = 0
            var round = 0
            var result: [[Float]] = []
        }

        private let size: Int
        private let meeting: Mutex<Meeting>
        private let condition = NSCondition()

        private init(_ size: Int) {
            self.size = size
            meeting = Mutex(Meeting(brought: [[Float]](repeating: [], count: size)))
        }

        /// Runs a rank's work on a thread of its own each, and gives their results in the order of the ranks.
        static func run<Result: Sendable>(
            _ size: Int, _ work: @escaping @Sendable (any Communicator) throws -> Result
        ) throws -> [Result] {
            let ranks = ThreadRanks(size)
            let results = Mutex([Int: Swift.Result<Result, any Error>]())
            let group = DispatchGroup()
            for rank in 0..<size {
                group.enter()
                Thread.detachNewThread {
                    let result = Swift.Result { try work(Rank(rank, ranks)) }
                    results.withLock { $0[rank] = result }
                    group.leave()
                }
            }
            group.wait()
            return try results.withLock { found in try (0..<size).map { try found[$0]!.get() } }
        }

        /// Waits for all, and gives what each has brought.
        fileprivate func exchange(_ numbers: [Float], from rank: Int) -> [[Float]] {
            condition.lock()
            defer { condition.unlock() }
            let round = meeting.withLock { meeting in
                meeting.brought[rank] = numbers
                meeting.count += 1
                guard meeting.count == size else { return meeting.round }
                meeting.count = 0
                meeting.round += 1
                meeting.result = meeting.brought
                condition.broadcast()
                return meeting.round - 1
            }
            while meeting.withLock({ $0.round == round }) { condition.wait() }
            return meeting.withLock { $0.result }
        }

        private final class Rank: Communicator {
            let rank: Int
            let ranks: ThreadRanks
            var size: Int { ranks.size }

            init(_ rank: Int, _ ranks: ThreadRanks) {
                self.rank = rank
                self.ranks = ranks
            }

            func sum(_ numbers: UnsafeMutableBufferPointer<Float>) {
                let all = ranks.exchange(Array(numbers), from: rank)
                for index in numbers.indices { numbers[index] = all.reduce(0) { $0 + $1[index] } }
            }

            func beginSum(_ numbers: UnsafeMutableBufferPointer<Float>) { sum(numbers) }
            func progress() {}
            func finishSums() {}
            func gather(_ numbers: [Float]) -> [Float] { Array(ranks.exchange(numbers, from: rank).joined()) }

            func broadcast(_ numbers: UnsafeMutableRawBufferPointer) {
                let floats = numbers.bindMemory(to: Float.self)
                _ = floats.update(fromContentsOf: ranks.exchange(Array(floats), from: rank)[0])
            }
        }
    }
#endif
