import FaceprintGallery

extension Command {
    static let galleryExpire = Command(
        "gallery expire", "Erase the templates and events whose time is over.", options: [.gallery, .sealKey],
        example: """
            $ faceprint gallery expire
            erased 3 templates, 1 person, 240 events
            """
    ) { arguments in
        let done = try arguments.existingGallery().expire()
        Console.line(
            "erased \(counted(done.templates, "template", "templates")), "
                + "\(counted(done.people, "person", "people")), \(counted(done.events, "event", "events"))")
        if !done.isErased {
            Console.error("traces are left in the gallery's free space; `faceprint gallery compact` erases them")
        }
        return .yes
    }
}
