import FaceprintGallery

extension Command {
    static let galleryBackup = Command(
        "gallery backup", "Copy all of a gallery into one file, while others use it.",
        operands: Operands(usage: "FILE", count: 1...1),
        options: [.flag("force", "take the place of a file of that name"), .gallery, .sealKey],
        example: """
            $ faceprint gallery backup 2026-11-23.sqlite
            2026-11-23.sqlite: a gallery of 12 people, 57 templates
            """
    ) { arguments in
        let path = arguments.operands[0]
        try arguments.existingGallery().backUp(to: path, overwriting: arguments.has("force"))
        let statistics = try Gallery(at: path, access: .readOnly).statistics()
        Console.line(
            "\(path): a gallery of \(counted(statistics.people, "person", "people")), "
                + counted(statistics.templates, "template", "templates"))
        return .yes
    }
}
