extension NetworkBuilder {
    /// Filters of an Inception module's branches.
    public struct InceptionFilters: Sendable {
        /// The 1×1 branch.
        public var one: Int
        /// Before and in the 3×3 branch.
        public var three: (reduction: Int, filters: Int)
        /// Before and in the 5×5 branch.
        public var five: (reduction: Int, filters: Int)
        /// The 1×1 after pooling.
        public var pooled: Int

        public init(
            one: Int, three: (reduction: Int, filters: Int), five: (reduction: Int, filters: Int), pooled: Int
        ) {
            self.one = one
            self.three = three
            self.five = five
            self.pooled = pooled
        }
    }

    /// The Inception module: convolutions of three sizes and a pooling side by side
    /// (Szegedy et al., *Going deeper with convolutions*, 2015, figure 2b), of which FaceNet's NN2 is made.
    public mutating func inception(_ x: Node, _ filters: InceptionFilters) throws(ModelError) -> Node {
        let one = try unit(x, filters: filters.one, size: 1)
        let three = try unit(
            try unit(x, filters: filters.three.reduction, size: 1), filters: filters.three.filters, size: 3)
        let five = try unit(
            try unit(x, filters: filters.five.reduction, size: 1), filters: filters.five.filters, size: 5)
        let pooled = try unit(try maxPooling(x, size: 3, stride: 1), filters: filters.pooled, size: 1)
        return try concatenation([one, three, five, pooled])
    }
}
