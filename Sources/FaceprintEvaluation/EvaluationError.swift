/// What can be wrong with the input of an evaluation.
public enum EvaluationError: Error, Equatable {
    /// A line of a list of pairs, counted from 1.
    case badLine(list: String, line: Int, reason: String)
    /// A list as a whole.
    case badList(list: String, reason: String)
    /// A photo of a pair that has neither an embedding nor a place among the refused.
    case missingPhoto(String)
    /// Embeddings made by different models or preprocessing.
    case differentSpaces(String, String)
    /// Nothing to measure.
    case noPhotos
    /// Rates need pairs of both kinds.
    case noPairs(kind: String)
    /// A false match rate that can't be measured with so few impostor pairs.
    case tooFewImpostors(fmr: Double, found: Int)
    /// Too few folds to choose a threshold on the others.
    case tooFewFolds(found: Int)
    /// Columns of one table that don't have one length.
    case differentCounts(what: String, expected: Int, found: Int)
    /// A number outside its range.
    case outOfRange(what: String, value: String, allowed: String)
}

extension EvaluationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badLine(let list, let line, let reason): "“\(list)”, line \(line): \(reason)"
        case .badList(let list, let reason): "“\(list)”: \(reason)"
        case .missingPhoto(let photo):
            "a pair names the photo “\(photo)”, which was not encoded; encode it, or list it among the refused"
        case .differentSpaces(let first, let second):
            "embeddings of \(first) and of \(second) can't be compared; encode all with the same model and profile"
        case .noPhotos: "there is no photo with an embedding; see why each was refused"
        case .noPairs(let kind): "there are no \(kind) pairs; add some, for rates need genuine and impostor pairs"
        case .tooFewImpostors(let fmr, let found):
            "a false match rate of \(scientific(fmr)) takes at least \(Int((1 / fmr).rounded())) impostor pairs, and there "
                + "are \(found); ask for a higher rate, or measure photos of more people"
        case .tooFewFolds(let found):
            "found \(found) fold(s); a threshold is chosen on the other folds, so there must be at least two"
        case .differentCounts(let what, let expected, let found):
            "\(what): expected \(expected), one a photo, found \(found)"
        case .outOfRange(let what, let value, let allowed): "\(what) is \(value); allowed is \(allowed)"
        }
    }
}

/// - Throws: ``EvaluationError/outOfRange(what:value:allowed:)`` unless it is a distance of unit vectors, 0…2.
func requireThreshold(_ threshold: Float) throws(EvaluationError) {
    guard (0...2).contains(threshold) else {
        throw .outOfRange(what: "the threshold", value: "\(threshold)", allowed: "an L2 distance, 0 to 2")
    }
}
