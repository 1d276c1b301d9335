/// Inputs of a network, and whom each shows.
public struct TrainingSet: Sendable {
    public let source: any TrainingSource
    /// One an input.
    public let persons: [String]
    /// A number for each person, from 0 in the order of their names, one an input.
    let labels: [Int]

    public init(_ source: any TrainingSource, persons: [String]) {
        precondition(source.count == persons.count, "one name an input")
        self.source = source
        self.persons = persons
        let numbers = Dictionary(uniqueKeysWithValues: Set(persons).sorted().enumerated().map { ($1, $0) })
        labels = persons.map { numbers[$0] ?? 0 }
    }

    public var personCount: Int { Set(persons).count }
}
