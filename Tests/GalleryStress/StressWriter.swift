import FaceprintGallery
import Foundation
import TestSupport

/// Makes random changes, one after the other, and reports each before it and when it is done.
struct StressWriter {
    let name: String
    private let gallery: Gallery
    /// nil for one of many writers, who touch nothing but their own people.
    private let files: StressFiles?
    private var model: StressModel
    private var random: SeededRandom
    private var nextNumber: Int

    /// One of many, of whom nothing is in the gallery yet.
    init(number: Int, gallery: Gallery) {
        self.init(number: number, run: 0, gallery: gallery, files: nil, model: StressModel())
    }

    /// The only one, who goes on from what the gallery holds.
    ///
    /// - Parameters:
    ///   - run: Another for each start: it draws other numbers.
    ///   - key: By whose name the gallery is sealed.
    init(run: Int, gallery: Gallery, files: StressFiles, key: String?) throws {
        self.init(
            number: 1, run: run, gallery: gallery, files: files,
            model: try StressModel(gallery, key: key, events: 0))
    }

    private init(number: Int, run: Int, gallery: Gallery, files: StressFiles?, model: StressModel) {
        name = "w\(number)-"
        self.gallery = gallery
        self.files = files
        self.model = model
        random = SeededRandom(seed: UInt64(number * 1_000_003 + run))
        nextNumber = (number * 100_000 + run) * 100_000 + 1
    }

    /// Whose person a template's number says it to be.
    static func writer(ofTemplate number: Int) -> String { "w\(number / 10_000_000_000)-" }

    mutating func step() throws {
        let operation = next()
        StressLine(name, isDone: false, operation).report()
        try operation.run(on: gallery, files)
        StressLine(name, isDone: true, operation).report()
        model.apply(operation)
    }

    private mutating func next() -> StressOperation {
        defer { nextNumber += 1 }
        if files != nil, Int.random(in: 0..<4, using: &random) == 0 { return nextOfAll() }
        let names = model.people.keys.sorted()
        let person = names.randomElement(using: &random)
        switch (Int.random(in: 0..<20, using: &random), person) {
        case (0...1, let person?): return .remove(person: person)
        case (2...3, let person?): return .rename(person: person, to: "\(name)\(nextNumber)")
        case (4...5, let person?):
            let other = names.filter { $0 != person }.randomElement(using: &random)
            return other.map { .merge(person: person, into: $0) } ?? .remove(person: person)
        case (6...8, let person?):
            let template = model.people[person]?.templates.min()
            return template.map { .removeTemplate($0) } ?? .remove(person: person)
        case (9, let person?): return .group(person: person, nextNumber % 7)
        case (10, let person?): return .badge(person: person, nextNumber)
        default:
            let known = names.count < 8 ? nil : person
            return .enroll(person: known ?? "\(name)\(nextNumber)", template: nextNumber)
        }
    }

    /// One that concerns everybody.
    private mutating func nextOfAll() -> StressOperation {
        let number = Int.random(in: 0..<5, using: &random)
        switch (number, model.key) {
        case (0, _): return .importing
        case (1, _): return .expire
        case (_, nil): return .seal(key: StressFiles.keys.randomElement(using: &random)!)
        case (2, _?): return .unseal
        case (_, let key?): return .rekey(key: StressFiles.keys.first { $0 != key }!)
        }
    }
}
