import Faceprint

/// What a ``GalleryIndex`` knows of its gallery.
struct IndexContent {
    /// Of the people, up to which they are known here.
    private(set) var version: Int
    private(set) var index: TemplateIndex
    /// Why templates are left out, and people with all of theirs, by their number.
    private var defects: [Int: GalleryError] = [:]
    private var damagedPeople: [Int: GalleryError] = [:]
    /// When templates are over that aren't to stay, in milliseconds since 1970, by their number.
    private var ends: [Int: Int] = [:]
    /// The first of them.
    private var firstEnd = Int.max

    /// - Parameter capacity: For how many templates there is to be room.
    init(version: Int, stored: StoredSpace, precision: SearchPrecision, capacity: Int) {
        self.version = version
        index = TemplateIndex(space: stored.space, dimension: stored.dimension, precision: precision)
        index.reserveCapacity(capacity)
    }

    /// Why people and templates are left out, in the order of their numbers.
    var damage: [GalleryError] {
        (damagedPeople.sorted { $0.key < $1.key } + defects.sorted { $0.key < $1.key }).map(\.value)
    }

    var hasDamagedPeople: Bool { !damagedPeople.isEmpty }

    mutating func apply(_ changes: GalleryChanges) {
        for template in changes.removed { remove(template: template) }
        for person in changes.people { set(person) }
        for template in changes.templates { set(template) }
        version = changes.version
    }

    mutating func set(_ person: SearchedPerson) {
        if let defect = person.defect {
            index.removePerson(person.id)
            damagedPeople[person.id] = defect
        } else {
            index.setPerson(person.id, name: person.name, groups: person.groups)
        }
    }

    /// Takes a template in, in the place of what was known of it.
    mutating func set(_ template: SearchedTemplate) {
        remove(template: template.id)
        if let defect = template.defect {
            defects[template.id] = defect
            return
        }
        do throws(FaceprintError) {
            try index.setTemplate(template.id, of: template.person, values: template.values)
        } catch {
            // Its person is damaged, and said to be.
            return
        }
        guard let end = template.expires else { return }
        ends[template.id] = end
        firstEnd = min(firstEnd, end)
    }

    /// Lets go of the templates that are over.
    ///
    /// - Parameter now: In milliseconds since 1970.
    mutating func removeExpired(now: Int) {
        guard firstEnd <= now else { return }
        for (template, end) in ends where end <= now { remove(template: template) }
        firstEnd = ends.values.min() ?? .max
    }

    private mutating func remove(template: Int) {
        index.removeTemplate(template)
        defects[template] = nil
        ends[template] = nil
    }
}
