#if Training
    import Foundation

    /// One piece of memory for all tensors of a graph that are needed only for a time.
    ///
    /// A tensor's time is from the first step that writes it to the last that reads it. Two tensors whose times don't
    /// meet may have the same place: the largest are placed first, each at the lowest place that is free in its time.
    final class MemoryPlan {
        private let arena: UnsafeMutableRawPointer?
        let byteCount: Int

        /// Gives each planned block of the steps a place.
        ///
        /// - Parameters:
        ///   - steps: In the order in which they run.
        ///   - kept: Blocks that are used from outside between steps, such as the input, and so keep their place
        ///     for the whole time.
        init(_ steps: [Step], kept: [Block]) throws(TrainingError) {
            var times: [ObjectIdentifier: (block: Block, time: ClosedRange<Int>)] = [:]
            func note(_ block: Block, _ time: ClosedRange<Int>) {
                guard block.isPlanned else { return }
                let id = ObjectIdentifier(block)
                let earlier = times[id]?.time ?? time
                times[id] = (
                    block, min(earlier.lowerBound, time.lowerBound)...max(earlier.upperBound, time.upperBound)
                )
            }
            for (index, step) in steps.enumerated() {
                for memory in step.memories { note(memory.block, index...index) }
            }
            for block in kept { note(block, 0...steps.count) }

            var placed: [(place: Range<Int>, time: ClosedRange<Int>, block: Block)] = []
            let order = times.values.sorted {
                ($0.block.byteCount, $1.time.lowerBound) > ($1.block.byteCount, $0.time.lowerBound)
            }
            for (block, time) in order {
                let size = (block.byteCount + Block.alignment - 1) / Block.alignment * Block.alignment
                let place = Self.lowestPlace(of: size, among: placed.filter { $0.time.overlaps(time) }.map(\.place))
                placed.append((place..<(place + size), time, block))
            }
            byteCount = placed.map(\.place.upperBound).max() ?? 0
            var start: UnsafeMutableRawPointer?
            guard byteCount > 0 else {
                arena = nil
                return
            }
            guard posix_memalign(&start, Self.pageSize, byteCount) == 0, let start else {
                throw .outOfMemory(bytes: byteCount)
            }
            madvise(start, byteCount, Int32(MADV_HUGEPAGE))
            arena = start
            for (place, _, block) in placed { block.place(at: start + place.lowerBound) }
        }

        deinit { free(arena) }

        /// Large pages, so that the processor finds its way about gigabytes.
        private static let pageSize = 2 << 20

        private static func lowestPlace(of size: Int, among taken: [Range<Int>]) -> Int {
            var place = 0
            for range in taken.sorted(by: { $0.lowerBound < $1.lowerBound }) {
                if range.lowerBound - place >= size { return place }
                place = max(place, range.upperBound)
            }
            return place
        }
    }
#endif
