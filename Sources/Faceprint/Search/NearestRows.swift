/// The nearest of the rows offered so far, at most `capacity` of them.
struct NearestRows {
    private let capacity: Int
    /// A binary heap with the farthest at its root.
    private(set) var heap: [Neighbour] = []
    /// A row farther than this has no place here.
    private(set) var limit: Float

    /// - Parameter limit: A row farther than this has no place from the start.
    init(capacity: Int, limit: Float = .infinity) {
        self.capacity = capacity
        self.limit = capacity > 0 ? limit : -.infinity
    }

    /// Takes a row in if it is near enough. A distance that isn't a number never is.
    mutating func offer(row: Int, squaredDistance: Float) {
        guard squaredDistance <= limit else { return }
        let neighbour = Neighbour(row: row, squaredDistance: squaredDistance)
        if heap.count < capacity {
            heap.append(neighbour)
            siftUp()
        } else if neighbour < heap[0] {
            heap[0] = neighbour
            siftDown()
        }
        if heap.count == capacity { limit = heap[0].squaredDistance }
    }

    private mutating func siftUp() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[parent] < heap[child] else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while 2 * parent + 1 < heap.count {
            var child = 2 * parent + 1
            if child + 1 < heap.count, heap[child] < heap[child + 1] { child += 1 }
            guard heap[parent] < heap[child] else { return }
            heap.swapAt(parent, child)
            parent = child
        }
    }
}
