import Dispatch
import Synchronization
import Testing

@testable import FaceprintCommand

@Suite struct HandoverTests {
    private struct Failure: Error {}

    @Test func allComesInOrderAndInGroupsOfWhatCameMeanwhile() throws {
        let groups = Mutex<[[Int]]>([])
        let (hasBegun, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let handover = Handover<Int>(most: 4, room: 100) { items in
            let isFirst = groups.withLock { groups in
                groups.append(items)
                return groups.count == 1
            }
            guard isFirst else { return }
            hasBegun.signal()
            mayGoOn.wait()
        }
        try handover([0])
        hasBegun.wait()
        for number in 1...10 { try handover([number]) }
        mayGoOn.signal()
        try handover.finish()
        #expect(groups.withLock { $0 } == [[0], [1, 2, 3, 4], [5, 6, 7, 8], [9, 10]])
    }

    @Test func whoHandsOverMoreThanThereIsRoomForWaits() throws {
        let largest = Mutex((waiting: 0, most: 0))
        let handover = Handover<Int>(most: 2, room: 8) { items in
            largest.withLock { $0.waiting -= items.count }
        }
        for _ in 0..<1000 {
            try handover([1, 2])
            largest.withLock {
                $0.waiting += 2
                $0.most = max($0.most, $0.waiting)
            }
        }
        try handover.finish()
        // Two more than there is room for: those that the body has begun with are let in when it ends.
        #expect(largest.withLock { $0.most } <= 10)
        #expect(largest.withLock { $0.waiting } == 0)
    }

    @Test func anErrorEndsTheWork() throws {
        let calls = Mutex(0)
        let handover = Handover<Int>(most: 1, room: 3) { _ in
            calls.withLock { $0 += 1 }
            throw Failure()
        }
        #expect(throws: Failure.self) {
            for number in 0..<1000 { try handover([number]) }
        }
        #expect(throws: Failure.self) { try handover.finish() }
        #expect(calls.withLock { $0 } == 1)
    }
}
