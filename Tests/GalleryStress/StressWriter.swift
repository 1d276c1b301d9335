import FaceprintGallery
import Foundation
import TestSupport

/// Makes random changes, one after the other, and reports each: `NAME ? operation` before it and `NAME ! operation`
/// when the gallery has said that it is done.
struct StressWriter {
    let name: String
    private let gallery: Gallery
    private var model: StressModel
    private var random: SeededRandom
    private var nextNumber: Int

    /// Goes on from what the gallery holds of this writer.
    ///
    /// - Parameter run: Another for each start of the same writer: it draws other numbers.
    init(number: Int, run: Int, gallery: Gallery) throws {
        name = "w\(number)-"
        self.gallery = gallery
        model = try StressModel(gallery, prefix: name)
        random = SeededRandom(seed: UInt64(number * 1_000_003 + run))
        nextNumber = (number * 100_000 + run) * 100_000 + 1
    }

    mutating func step() throws {
        let operation = next()
        report("?", operation)
        try operation.run(on: gallery)
        report("!", operation)
        model.apply(operation)
    }

    private mutating func next() -> StressOperation {
        let names = model.people.keys.sorted()
        let person = names.randomElement(using: &random)
        defer { nextNumber += 1 }
        switch (Int.random(in: 0..<20, using: &random), person) {
        case (0, let person?): return .remove(person: person)
        case (1...2, let person?): return .rename(person: person, to: "\(name)\(nextNumber)")
        case (3...5, let person?):
            if let template = model.people[person]?.templates.min() { return .removeTemplate(template) }
            return .remove(person: person)
        case (6, let person?): return .group(person: person, name: "g\(nextNumber % 7)")
        default:
            let known = names.count < 8 ? nil : person
            return .enroll(person: known ?? "\(name)\(nextNumber)", template: nextNumber)
        }
    }

    private func report(_ mark: String, _ operation: StressOperation) {
        // One call, so that the lines of several writers don't mix.
        let line = Array("\(name) \(mark) \(operation)\n".utf8)
        precondition(write(1, line, line.count) == line.count, "the one who listens is gone")
    }
}
