import Faceprint
import FaceprintFiles

/// What can be wrong with the input of an analysis.
public enum AnalysisError: Error, Equatable {
    /// Nothing was given of what is to be looked at.
    case nothingToShow(what: String)
    /// Vectors that can't be analysed together: of another length than the first, or with a number that isn't finite.
    case badVector(place: Int, reason: String)
    /// More than is computed, or shown on one page.
    case tooMany(what: String, found: Int, limit: Int)
    /// Embeddings made by different models or preprocessing.
    case differentSpaces(String, String)
    /// More faces hang together than agglomerative clustering can hold in memory.
    case tooManyLinked(found: Int, limit: Int)
    /// There is nothing to tell apart.
    case tooFewPeople(found: Int)
    /// A file that should hold a classifier and doesn't.
    case notClassifier(path: String, reason: String)
    /// A file that should hold clusters and doesn't.
    case notClusters(path: String, reason: String)
    case file(FileError)
    /// A number outside its range.
    case outOfRange(what: String, value: String, allowed: String)
    /// A face that can't be shown upright.
    case noFace(reason: String)
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
        case .differentSpaces(let first, let second):
            "embeddings of \(first) and of \(second) can't be compared; encode all with the same model and profile"
        case .tooManyLinked(let found, let limit):
            "\(found) faces hang together by distances within the threshold, and agglomerative clustering holds at "
                + "most \(limit); lower the threshold, or use Chinese whispers"
        case .tooFewPeople(let found):
            "a classifier tells people apart, and there \(found == 1 ? "is 1 person" : "are \(found) people"); give photos "
                + "of at least two"
        case .notClassifier(let path, let reason):
            "“\(path)” holds no classifier: \(reason); make one by “faceprint classify train DIR --output FILE”"
        case .notClusters(let path, let reason):
            "“\(path)” holds no clusters of faces: \(reason); make one by “faceprint cluster DIR --output FILE.json”"
        case .file(let error): "\(error)"
        case .outOfRange(let what, let value, let allowed): "\(what) is \(value); allowed is \(allowed)"
        case .noFace(let reason): "the face can't be used: \(reason); take another photo"
        case .noEigenvectors(let code):
            "LAPACK found no eigenvectors (code \(code)); check the vectors for numbers that are far too large"
        }
    }
}

/// - Throws: ``AnalysisError/differentSpaces(_:_:)`` unless all are of one space and length.
func requireOneSpace(_ embeddings: [Embedding]) throws(AnalysisError) {
    guard let first = embeddings.first else { return }
    for other in embeddings where other.space != first.space || other.count != first.count {
        throw .differentSpaces("\(first.space)", "\(other.space)")
    }
}
