import FaceprintGallery

/// Looks at a gallery that others change: whatever it sees must be true at one moment, and no moment comes again.
struct StressReader {
    private let gallery: Gallery
    private var version = 0

    init(_ gallery: Gallery) { self.gallery = gallery }

    mutating func step() throws {
        let present = try gallery.peopleVersion()
        guard present >= version else { throw StressFailure("version \(version) was there, and \(present) is") }
        version = present
        let people = try gallery.people()
        guard Set(people.map(\.name)).count == people.count else { throw StressFailure("somebody is there twice") }
        guard Set(people.compactMap(\.badge)).count == people.compactMap(\.badge).count else {
            throw StressFailure("a badge is there twice")
        }
        let list = try gallery.templateList()
        guard Set(list.entries.map(\.id)).count == list.total else { throw StressFailure("a template is there twice") }
        for entry in list.entries where !entry.person.hasPrefix(StressWriter.writer(ofTemplate: stressNumber(entry.id)))
        {
            throw StressFailure("\(entry.person) has a template of \(stressNumber(entry.id))")
        }
        guard let person = people.randomElement() else { return }
        do { try checkTemplates(of: person.name, in: gallery) } catch GalleryError.noSuchPerson {
            // Removed or renamed meanwhile.
        }
    }
}
