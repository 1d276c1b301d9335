import FaceprintGallery

/// What a gallery holds after the operations that were reported.
struct StressModel: Equatable {
    struct Person: Equatable {
        var templates: Set<Int> = []
        var group: String?
    }

    private(set) var people: [String: Person] = [:]

    init() {}

    /// What a gallery holds, of people whose names begin with a prefix.
    init(_ gallery: Gallery, prefix: String) throws {
        for person in try gallery.people() where person.name.hasPrefix(prefix) {
            let templates = try gallery.templates(of: person.name).map { stressNumber($0.id) }
            people[person.name] = Person(templates: Set(templates), group: person.groups.first)
        }
    }

    mutating func apply(_ operation: StressOperation) {
        switch operation {
        case .enroll(let person, let template): people[person, default: Person()].templates.insert(template)
        case .rename(let person, let name): people[name] = people.removeValue(forKey: person)
        case .remove(let person): people[person] = nil
        case .removeTemplate(let template):
            for name in people.keys { people[name]?.templates.remove(template) }
        case .group(let person, let name): people[person]?.group = name
        }
    }

    /// The same with another's people.
    func merging(_ other: StressModel) -> StressModel {
        var result = self
        result.people.merge(other.people) { first, _ in first }
        return result
    }
}
