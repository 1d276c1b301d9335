import FaceprintGallery

/// What a gallery holds after the operations that were reported.
struct StressModel: Equatable {
    struct Person: Equatable {
        var templates: Set<Int> = []
        var badge: Int?
        var group: Int?
    }

    private(set) var people: [String: Person] = [:]
    /// The name of the key by which it is sealed; nil for a gallery that isn't.
    private(set) var key: String?
    /// How many were ever recorded: what was done twice shows here, if nowhere else.
    private(set) var events = 0

    init() {}

    /// What a gallery holds.
    ///
    /// - Parameters:
    ///   - key: That it was opened by.
    ///   - events: That it ever recorded.
    init(_ gallery: Gallery, key: String?, events: Int) throws {
        self.key = key
        self.events = events
        func number(_ text: String?) -> Int? { text.flatMap { Int($0.dropFirst()) } }
        for person in try gallery.people() {
            people[person.name] = Person(badge: number(person.badge), group: number(person.groups.first))
        }
        for entry in try gallery.templateList().entries {
            people[entry.person, default: Person()].templates.insert(stressNumber(entry.id))
        }
    }

    mutating func apply(_ operation: StressOperation) {
        if let last = stages(of: operation).last { self = last }
    }

    /// What the gallery comes to hold while an operation is under way, transaction by transaction.
    func stages(of operation: StressOperation) -> [StressModel] {
        switch operation {
        case .importing: return importStages
        case .expire: return expiryStages
        default:
            var result = self
            result.applyWhole(operation)
            return [result]
        }
    }

    /// An operation that is one transaction.
    private mutating func applyWhole(_ operation: StressOperation) {
        events += 1
        switch operation {
        case .enroll(let person, let template):
            if people[person] == nil { events += 1 }
            people[person, default: Person()].templates.insert(template)
        case .rename(let person, let name): people[name] = people.removeValue(forKey: person)
        case .merge(let person, let other):
            guard let gone = people.removeValue(forKey: person) else { return }
            people[other]?.templates.formUnion(gone.templates)
            if people[other]?.badge == nil { people[other]?.badge = gone.badge }
        case .remove(let person): people[person] = nil
        case .removeTemplate(let template):
            for name in people.keys { people[name]?.templates.remove(template) }
        case .group(let person, let number):
            if people[person]?.group == number { events -= 1 }
            people[person]?.group = number
        case .badge(let person, let number): people[person]?.badge = number
        case .seal(let name), .rekey(let name): key = name
        case .unseal: key = nil
        case .importing, .expire: break
        }
    }

    /// The people, the templates that came with them in the first batch, those of the second one, and the event that
    /// says so. What somebody has already stays theirs.
    private var importStages: [StressModel] {
        var stages: [StressModel] = []
        var result = self
        for name in StressImport.people where people[name] == nil {
            result.people[name] = Person()
            result.events += 1
        }
        stages.append(result)
        let known = people.values.reduce(into: Set()) { $0.formUnion($1.templates) }
        for (index, number) in StressImport.numbers.enumerated() {
            if index == StressImport.firstBatch { stages.append(result) }
            guard !known.contains(number) else { continue }
            result.people[StressImport.person(of: number)]?.templates.insert(number)
            result.events += 1
        }
        stages.append(result)
        result.events += 1
        return stages + [result]
    }

    /// The templates with the people of whom nothing else is known, and the log, of which the last event stays.
    private var expiryStages: [StressModel] {
        var result = self
        for (name, person) in people {
            let kept = person.templates.filter { !stressExpires($0) }
            guard kept.count < person.templates.count else { continue }
            result.people[name]?.templates = kept
            result.events += person.templates.count - kept.count
            guard kept.isEmpty, person.badge == nil, person.group == nil else { continue }
            result.people[name] = nil
            result.events += 1
        }
        var last = result
        last.events += 1
        return [result, last]
    }

    /// Of two writers who began with nothing.
    func merging(_ other: StressModel) -> StressModel {
        var result = self
        result.people.merge(other.people) { first, _ in first }
        result.events += other.events
        return result
    }
}
