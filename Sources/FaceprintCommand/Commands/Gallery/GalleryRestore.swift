import FaceprintGallery

extension Command {
    static let galleryRestore = Command(
        "gallery restore", "Copy a backup into a gallery that is new or empty.",
        operands: Operands(usage: "FILE", count: 1...1), options: [.gallery],
        example: """
            $ faceprint gallery restore 2026-11-23.sqlite --gallery postgres://db/faceprint
            postgres://db/faceprint: 12 people, 57 templates
            """
    ) { arguments in
        let backup = try Gallery(at: arguments.operands[0], access: .readOnly)
        // What is sealed in the backup stays sealed, by its key; a new gallery of its own key would not be empty.
        let gallery = try arguments.writableGallery(isSealed: false)
        try gallery.restore(from: backup)
        let statistics = try gallery.statistics()
        Console.line(
            "\(gallery.location): \(counted(statistics.people, "person", "people")), "
                + counted(statistics.templates, "template", "templates"))
        return .yes
    }
}
