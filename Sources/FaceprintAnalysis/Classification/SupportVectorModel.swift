import CSVM

/// Decides by a support vector machine, as libsvm does.
///
/// It is filled once and only read then, which is what makes it `Sendable`.
final class SupportVectorModel: @unchecked Sendable {
    private let rows: SparseRows
    private let model: UnsafeMutablePointer<svm_model>
    private let classes: Int

    /// - Parameter rows: The training set, `[n][numbers]`.
    /// - Precondition: the machine fits the training set.
    init(_ machine: SupportVectorMachine, rows: [[Float]]) {
        self.rows = SparseRows(machine.supports.map { rows[$0] })
        classes = machine.classes.count
        func copy<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
            let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(values.count, 1))
            memory.initialize(from: values, count: values.count)
            return memory
        }
        var content = svm_model()
        content.param.svm_type = Int32(C_SVC)
        content.param.kernel_type = Int32(LINEAR)
        content.nr_class = Int32(classes)
        content.l = Int32(machine.supports.count)
        content.SV = self.rows.pointers
        content.sv_coef = copy(machine.coefficients.map { copy($0) as UnsafeMutablePointer<Double>? })
        content.rho = copy(machine.offsets)
        content.probA = copy(machine.slopes)
        content.probB = copy(machine.intercepts)
        content.label = copy(machine.classes.map(Int32.init))
        content.nSV = copy(machine.counts.map(Int32.init))
        model = copy([content])
    }

    deinit {
        let content = model.pointee
        for i in 0..<(classes - 1) { content.sv_coef[i]?.deallocate() }
        content.sv_coef.deallocate()
        for numbers in [content.rho, content.probA, content.probB] { numbers?.deallocate() }
        for numbers in [content.label, content.nSV] { numbers?.deallocate() }
        model.deallocate()
    }

    /// How far a vector is from each plane, `[planes]`: above 0 on the side of the plane's first class.
    func distances(of row: [Float]) -> [Double] {
        var distances = [Double](repeating: 0, count: classes * (classes - 1) / 2)
        withNodes(of: row) { _ = svm_predict_values(model, $0, &distances) }
        return distances
    }

    /// The class that most planes say, and the probability of each, `[classes]`, by their numbers, from all planes at
    /// once (Wu, Lin and Weng, *Probability estimates for multi-class classification by pairwise coupling*, 2004).
    func classify(_ row: [Float]) -> (label: Int, probabilities: [Double]) {
        var shares = [Double](repeating: 0, count: classes)
        let label = withNodes(of: row) { nodes in
            _ = svm_predict_probability(model, nodes, &shares)
            return svm_predict(model, nodes)
        }
        var probabilities = [Double](repeating: 0, count: classes)
        for (place, share) in shares.enumerated() { probabilities[Int(model.pointee.label[place])] = share }
        return (Int(label), probabilities)
    }

    private func withNodes<Result>(of row: [Float], _ body: (UnsafeMutablePointer<svm_node>?) -> Result) -> Result {
        let rows = SparseRows([row])
        return withExtendedLifetime(rows) { body(rows.pointers[0]) }
    }
}
