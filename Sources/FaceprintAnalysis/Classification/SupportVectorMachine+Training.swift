import CSVM
import Glibc
import Synchronization

extension SupportVectorMachine {
    /// libsvm shuffles by the process' one random number generator.
    private static let oneAtATime = Mutex(())

    /// Finds the planes by libsvm (Chang and Lin, *LIBSVM: a library for support vector machines*, 2011), and their
    /// probabilities by its cross-validation; the same for the same examples.
    ///
    /// - Parameters:
    ///   - rows: `[n][numbers]`.
    ///   - labels: `[n]`: the class of each, 0..<count; each class at least once.
    ///   - count: Of classes, at least two.
    ///   - cost: Of an example on the wrong side (C), above 0.
    init(training rows: [[Float]], labels: [Int], classes count: Int, cost: Double) {
        let nodes = SparseRows(rows)
        var targets = labels.map(Double.init)
        self = Self.oneAtATime.withLock { _ in
            srand(1)
            svm_set_print_string_function { _ in }
            return targets.withUnsafeMutableBufferPointer { targets in
                defer { withExtendedLifetime(nodes) {} }
                var problem = svm_problem(l: Int32(rows.count), y: targets.baseAddress, x: nodes.pointers)
                var settings = Self.settings(cost: cost)
                let model = svm_train(&problem, &settings)!
                defer {
                    var model: UnsafeMutablePointer<svm_model>? = model
                    svm_free_and_destroy_model(&model)
                }
                return SupportVectorMachine(model.pointee)
            }
        }
    }

    private static func settings(cost: Double) -> svm_parameter {
        var settings = svm_parameter()
        settings.svm_type = Int32(C_SVC)
        settings.kernel_type = Int32(LINEAR)
        settings.cache_size = 100
        settings.eps = 1e-3
        settings.C = cost
        settings.shrinking = 1
        settings.probability = 1
        return settings
    }

    private init(_ model: svm_model) {
        let (count, supports) = (Int(model.nr_class), Int(model.l))
        func numbers(_ pointer: UnsafeMutablePointer<Double>?, _ count: Int) -> [Double] {
            Array(UnsafeBufferPointer(start: pointer, count: count))
        }
        func whole(_ pointer: UnsafeMutablePointer<Int32>?, _ count: Int) -> [Int] {
            UnsafeBufferPointer(start: pointer, count: count).map(Int.init)
        }
        let planes = count * (count - 1) / 2
        classes = whole(model.label, count)
        // libsvm counts from 1.
        self.supports = whole(model.sv_indices, supports).map { $0 - 1 }
        counts = whole(model.nSV, count)
        coefficients = (0..<(count - 1)).map { numbers(model.sv_coef[$0], supports) }
        offsets = numbers(model.rho, planes)
        slopes = numbers(model.probA, planes)
        intercepts = numbers(model.probB, planes)
    }
}
