/// Numbers that are put together two by two: who belongs to whom is found in next to constant time (Tarjan,
/// *Efficiency of a good but not linear set union algorithm*, 1975; with path halving).
struct DisjointSets {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    /// A number that stands for the whole set: its smallest.
    mutating func representative(of number: Int) -> Int {
        var number = number
        while parents[number] != number {
            parents[number] = parents[parents[number]]
            number = parents[number]
        }
        return number
    }

    mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (representative(of: a), representative(of: b))
        parents[max(first, second)] = min(first, second)
    }

    /// `[count]`: the representative of each number's set.
    mutating func representatives() -> [Int] { parents.indices.map { representative(of: $0) } }
}
