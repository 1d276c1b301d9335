import Dispatch
import Foundation
import Synchronization
import Testing

@testable import FaceprintServer

@Suite struct BatchQueueTests {
    @Test func whatComesMeanwhileSharesTheNextRun() throws {
        let sizes = Mutex<[Int]>([])
        let gate = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        let queue = BatchQueue<Int, Int>(limit: 4, runs: 1) { items in
            sizes.withLock { $0.append(items.count) }
            begun.signal()
            gate.wait()
            return items.map { $0 * 2 }
        }
        let results = Mutex<[Int: [Int]]>([:])
        let calls = DispatchGroup()
        func call(_ number: Int) {
            DispatchQueue.global().async(group: calls) {
                let result = try! queue([number])
                results.withLock { $0[number] = result }
            }
        }
        call(0)
        begun.wait()
        for number in 1...6 { call(number) }
        while queue.waitingCount < 6 { usleep(1000) }
        for _ in 0..<3 { gate.signal() }
        calls.wait()
        #expect(sizes.withLock { $0 } == [1, 4, 2])
        #expect(results.withLock { $0 } == Dictionary(uniqueKeysWithValues: (0...6).map { ($0, [$0 * 2]) }))
    }

    @Test func whatFailsFailsForThoseWhoSharedIt() throws {
        struct Failure: Error {}
        let queue = BatchQueue<Int, Int>(limit: 1, runs: 2) { items in
            if items.contains(13) { throw Failure() }
            return items
        }
        #expect(throws: Failure.self) { try queue([13]) }
        #expect(try queue([1]) == [1])
        #expect(try queue([1, 2, 3]) == [1, 2, 3])
        #expect(try queue([]) == [])
    }
}
