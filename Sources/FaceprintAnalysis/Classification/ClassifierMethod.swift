/// How a classifier chooses among its people.
public enum ClassifierMethod: String, CaseIterable, Codable, Hashable, Sendable {
    /// A linear support vector machine.
    case svm
    /// Whom most of the nearest templates show.
    case knn
}
