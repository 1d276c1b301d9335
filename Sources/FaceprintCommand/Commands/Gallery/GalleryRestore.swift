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
        // Without a key, which would seal it: what is sealed in the backup stays so, by the backup's key.
        let gallery = try Gallery(at: arguments.galleryPath)
        try gallery.restore(from: backup)
        let statistics = try gallery.statistics()
        Console.line(
            "\(gallery.location): \(counted(statistics.people, "person", "people")), "
                + counted(statistics.templates, "template", "templates"))
        return .yes
    }
}
