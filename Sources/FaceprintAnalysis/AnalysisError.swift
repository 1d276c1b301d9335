/// What can be wrong with the input of an analysis.
public enum AnalysisError: Error, Equatable {
    /// Nothing was given of what is to be looked at.
    case nothingToShow(what: String)
    /// Vectors that can't be analysed together: of another length than the first, or with a number that isn't finite.
    case badVector(place: Int, reason: String)
    /// More than is computed, or shown on one page.
    case tooMany(what: String, found: Int, limit: Int)
    /// A number outside its range.
    case outOfRange(what: String, value: String, allowed: String)
    /// LAPACK found no eigenvectors.
    case noEigenvectors(code: Int)
}

extension AnalysisError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nothingToShow(let what): "there are no \(what) to look at; give at least one"
        case .badVector(let place, let reason):
            "vector \(place + 1) \(reason); give vectors of one length, made by one model"
        case .tooMany(let what, let found, let limit):
            "there are \(found) \(what), and at most \(limit) are possible; take a part of them"
        case .outOfRange(let what, let value, let allowed): "\(what) is \(value); allowed is \(allowed)"
        case .noEigenvectors(let code):
            "LAPACK found no eigenvectors (code \(code)); check the vectors for numbers that are far too large"
        }
    }
}
