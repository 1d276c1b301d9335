import Faceprint
import Foundation

/// A way to print what was identified.
protocol IdentificationReport {
    /// Whether everybody so far was identified as somebody, and where the truth is known, as the right one.
    var allAccepted: Bool { get }
    mutating func add(_ photo: PersonPhoto, _ face: FacePlace, _ answer: Identification) throws
    mutating func finish() throws
}

/// Which face of a photo an answer is about.
struct FacePlace: CustomStringConvertible {
    /// From 1, the largest first.
    let number: Int
    let of: Int
    /// nil when the whole photo was taken for the face.
    let box: Box?

    /// Empty for the only face.
    var description: String { of > 1 ? ", face \(number) of \(of)" : "" }
}

/// A line a face as soon as it is known.
struct IdentificationLines: IdentificationReport {
    let top: Int
    private(set) var allAccepted = true

    init(top: Int) { self.top = top }

    mutating func add(_ photo: PersonPhoto, _ face: FacePlace, _ answer: Identification) {
        if let match = answer.match {
            Console.line("\(photo.path)\(face): It's \(match.person), the distance is \(formatted(match.distance))")
        } else {
            allAccepted = false
            let nearest = answer.candidates.first.map {
                " (nearest is \(formatted($0.distance)) away, threshold \(formatted(answer.threshold)))"
            }
            Console.line("\(photo.path)\(face): Not in the database.\(nearest ?? "")")
        }
        guard top > 1 else { return }
        for (rank, candidate) in answer.candidates.enumerated() {
            Console.line("  \(rank + 1). \(candidate.person)  \(formatted(candidate.distance))")
        }
    }

    func finish() {}
}

/// A list of everything.
struct IdentificationJSON: IdentificationReport {
    private struct Answer: Encodable {
        struct Person: Encodable {
            let name: String
            let distance: Float
        }
        let photo: String
        let box: Box?
        let expected: String?
        let match: String?
        let threshold: Float
        let candidates: [Person]
    }

    private(set) var allAccepted = true
    private var answers: [Answer] = []

    mutating func add(_ photo: PersonPhoto, _ face: FacePlace, _ answer: Identification) {
        allAccepted = allAccepted && photo.agrees(with: answer)
        answers.append(
            Answer(
                photo: photo.path, box: face.box, expected: photo.person, match: answer.match?.person,
                threshold: answer.threshold,
                candidates: answer.candidates.map { .init(name: $0.person, distance: $0.distance) }))
    }

    func finish() throws { Console.line(try json(answers)) }
}

/// Photos of known people beside what was found, and the number right.
struct IdentificationTable: IdentificationReport {
    private(set) var allAccepted = true
    private var table = Table("photo of", "nearest", "distance", "answer", "photo")
    private var count = 0
    private var nearestRight = 0
    private var acceptedRight = 0
    private var acceptedWrong = 0
    private var threshold: Float = 0

    mutating func add(_ photo: PersonPhoto, _ face: FacePlace, _ answer: Identification) {
        let person = photo.person ?? ""
        let nearest = answer.candidates.first
        let isRight = nearest.map { photo.isOf($0.person) } ?? false
        threshold = answer.threshold
        count += 1
        nearestRight += isRight ? 1 : 0
        let verdict: String
        if answer.match == nil {
            verdict = "not in the database"
        } else if isRight {
            verdict = "right"
            acceptedRight += 1
        } else {
            verdict = "WRONG"
            acceptedWrong += 1
        }
        allAccepted = allAccepted && photo.agrees(with: answer)
        table.append(
            person, nearest?.person ?? "–", nearest.map { formatted($0.distance) } ?? "–", verdict, photo.shortName)
    }

    func finish() {
        table.print()
        Console.line("")
        Console.line("nearest person right: \(nearestRight) of \(count)")
        Console.line(
            "at threshold \(formatted(threshold)): \(acceptedRight) accepted rightly, \(acceptedWrong) wrongly, "
                + "\(count - acceptedRight - acceptedWrong) not in the database")
    }
}

extension PersonPhoto {
    func isOf(_ name: String) -> Bool { person?.caseInsensitiveCompare(name) == .orderedSame }

    /// Whether somebody was found and, where the truth is known, the right one.
    func agrees(with answer: Identification) -> Bool {
        guard let match = answer.match else { return false }
        return person == nil || isOf(match.person)
    }
}
