/// A list of names in a Keras file: an attribute or, where that would be longer than HDF5 allows, several whose names
/// are numbered from 0.
enum KerasNames {
    /// nil when there is no such list.
    static func read(_ list: String, of group: HDF5.Handle) throws -> [String]? {
        if let names = try HDF5.strings(ofAttribute: list, of: group) { return names }
        var names: [String]?
        var part = 0
        while let more = try HDF5.strings(ofAttribute: "\(list)\(part)", of: group) {
            names = (names ?? []) + more
            part += 1
        }
        return names
    }

    static func write(_ names: [String], as list: String, to group: HDF5.Group) throws {
        let longest = max(names.map(\.utf8.count).max() ?? 0, 1)
        let room = max(HDF5.Group.longestAttribute / longest, 1)
        guard names.count > room else { return try group.setAttribute(list, names) }
        for (part, start) in stride(from: 0, to: names.count, by: room).enumerated() {
            try group.setAttribute("\(list)\(part)", Array(names[start..<min(start + room, names.count)]))
        }
    }
}
