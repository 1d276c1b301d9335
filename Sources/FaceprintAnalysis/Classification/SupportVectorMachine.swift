/// A linear support vector machine for several classes (Cortes and Vapnik, *Support-vector networks*, 1995): a plane
/// between each two classes, with as wide a margin as the cost of training examples on the wrong side allows.
///
/// These are the numbers that training finds; ``SupportVectorModel`` decides with them.
struct SupportVectorMachine: Hashable, Sendable, Codable {
    /// `[classes]`: the number of each class, in the order of the planes: the first against the second, the first
    /// against the third, …, the second against the third, …
    let classes: [Int]
    /// `[supports]`: the rows of the training set that the planes rest on, class by class.
    let supports: [Int]
    /// `[classes]`: how many of the supports each class has.
    let counts: [Int]
    /// `[classes − 1][supports]`: what each support has to do with the planes between its class and the others.
    let coefficients: [[Double]]
    /// `[planes]`: how far each plane is from the origin.
    let offsets: [Double]
    /// `[planes]`: of the logistic function that makes a probability of a distance from a plane, 1/(1 + exp(a·d + b))
    /// (Platt, *Probabilistic outputs for support vector machines*, 1999).
    let slopes: [Double]
    let intercepts: [Double]

    /// Whether the numbers fit each other and a training set of so many rows and classes: what stands in a file may be
    /// anything.
    func fits(rows: Int, classes count: Int) -> Bool {
        let planes = count * (count - 1) / 2
        return count >= 2 && classes.sorted() == Array(0..<count) && counts.count == count
            && counts.allSatisfy((0...rows).contains) && counts.reduce(0, +) == supports.count
            && supports.allSatisfy((0..<rows).contains) && coefficients.count == count - 1
            && coefficients.allSatisfy { $0.count == supports.count && $0.allSatisfy(\.isFinite) }
            && [offsets, slopes, intercepts].allSatisfy { $0.count == planes && $0.allSatisfy(\.isFinite) }
    }
}
