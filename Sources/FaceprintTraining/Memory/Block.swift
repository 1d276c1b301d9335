#if Training
    import COneDNN
    import Foundation

    /// A piece of memory that tensors lie in.
    ///
    /// Parameters keep theirs. What a step of the graph writes and a later one reads has a place in the graph's
    /// arena, which others have at other times: see ``MemoryPlan``.
    final class Block {
        let byteCount: Int
        /// nil until the plan has a place for it.
        private(set) var start: UnsafeMutableRawPointer?
        private let isOwned: Bool

        /// oneDNN wants tensors to begin at lines of the cache.
        static let alignment = 64

        /// One that the plan gives a place.
        init(planned byteCount: Int) {
            self.byteCount = byteCount
            isOwned = false
        }

        /// One of its own, filled with zeros.
        init(owned byteCount: Int) throws(TrainingError) {
            var start: UnsafeMutableRawPointer?
            guard posix_memalign(&start, Self.alignment, max(byteCount, Self.alignment)) == 0, let start else {
                throw .outOfMemory(bytes: byteCount)
            }
            memset(start, 0, byteCount)
            self.byteCount = byteCount
            self.start = start
            isOwned = true
        }

        deinit {
            if isOwned { free(start) }
        }

        func place(at start: UnsafeMutableRawPointer) { self.start = start }

        var isPlanned: Bool { !isOwned }
    }
#endif
