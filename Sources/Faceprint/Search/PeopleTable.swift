/// The people of an index: their names, their groups, and how many templates they have.
struct PeopleTable: Sendable {
    struct Person: Sendable {
        let id: Int
        var name: String
        var groups: Set<String> = []
        var templateCount = 0
        /// One of the person's rows; nil without any.
        var row: Int?
    }

    struct Group: Sendable {
        /// The places of the people.
        var members: Set<Int> = []
        /// Of all members.
        var templateCount = 0
    }

    /// By place, which a person keeps; nil where a person was removed.
    private var people: [Person?] = []
    private var freePlaces: [Int] = []
    private var places: [Int: Int] = [:]
    private var groups: [String: Group] = [:]

    /// - Precondition: There is a person at the place.
    subscript(place: Int) -> Person { people[place]! }

    func place(of id: Int) -> Int? { places[id] }

    func group(_ name: String) -> Group { groups[name] ?? Group() }

    /// - Returns: The person's place.
    @discardableResult
    mutating func set(_ id: Int, name: String) -> Int {
        if let place = places[id] {
            people[place]!.name = name
            return place
        }
        let place = freePlaces.popLast() ?? people.count
        if place == people.count { people.append(nil) }
        people[place] = Person(id: id, name: name)
        places[id] = place
        return place
    }

    mutating func setGroups(_ new: Set<String>, at place: Int) {
        let person = self[place]
        for name in person.groups.subtracting(new) {
            groups[name]!.members.remove(place)
            groups[name]!.templateCount -= person.templateCount
            if groups[name]!.members.isEmpty { groups[name] = nil }
        }
        for name in new.subtracting(person.groups) {
            groups[name, default: Group()].members.insert(place)
            groups[name]!.templateCount += person.templateCount
        }
        people[place]!.groups = new
    }

    mutating func changeTemplateCount(at place: Int, by change: Int) {
        people[place]!.templateCount += change
        for name in self[place].groups { groups[name]!.templateCount += change }
    }

    mutating func setRow(_ row: Int?, at place: Int) { people[place]!.row = row }

    /// - Precondition: The person has no templates.
    mutating func remove(at place: Int) {
        setGroups([], at: place)
        places[self[place].id] = nil
        people[place] = nil
        freePlaces.append(place)
    }
}
