/// What stands in a person's row, and which groups the person is in, as it is bound by the row's seal.
struct PersonRow {
    let id: Int
    let uuid: [UInt8]
    let name: String
    let key: String
    let created: Int
    let badge: String?
    let badgeKey: String?
    let changed: Int
    let groups: [StoredGroup]
    /// nil where there is none.
    let seal: [UInt8]?

    /// - Parameter row: The columns `id, uuid, name, key, created, badge, badge_key, changed, seal`.
    init(_ row: any Statement, groups: [StoredGroup]) {
        id = row.integer(0)
        uuid = Array(row.bytes(1))
        name = row.text(2)
        key = row.text(3)
        created = row.integer(4)
        badge = row.isNull(5) ? nil : row.text(5)
        badgeKey = row.isNull(6) ? nil : row.text(6)
        changed = row.integer(7)
        seal = row.isNull(8) ? nil : Array(row.bytes(8))
        self.groups = groups
    }
}

extension Sealer {
    /// What only who has the key can write: without it nobody can be renamed, or put into another group.
    func seal(of person: PersonRow) -> [UInt8] {
        var bound = BoundData("faceprint person")
        bound.append(gallery)
        bound.append(person.id)
        bound.append(person.uuid)
        bound.append(person.name)
        bound.append(person.key)
        bound.append(person.created)
        bound.append(person.badge)
        bound.append(person.badgeKey)
        bound.append(person.changed)
        bound.append(person.groups.count)
        for group in person.groups {
            bound.append(group.name)
            bound.append(group.key)
        }
        return Sodium.tag(bound.bytes, key: personKey)
    }

    /// - Throws: ``GalleryError/damagedPerson(id:reason:)``.
    func check(_ person: PersonRow) throws(GalleryError) {
        guard let seal = person.seal, Sodium.areEqual(seal, self.seal(of: person)) else {
            throw .damagedPerson(
                id: person.id, reason: "the name, badge or groups were altered by somebody without the seal key")
        }
    }
}
