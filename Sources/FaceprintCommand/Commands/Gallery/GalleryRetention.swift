import FaceprintGallery

extension Command {
    static let galleryRetention = Command(
        "gallery retention", "Show or set how long new templates, and all events, are kept.",
        options: [
            .value("templates", "TIME", "such as 365d, 1y; or never"),
            .value("events", "TIME", "such as 90d; or never"), .gallery, .sealKey,
        ],
        example: """
            $ faceprint gallery retention --templates 365d --events 90d
            templates  365d
            events     90d
            """
    ) { arguments in
        let isChange = ["templates", "events"].contains { arguments.string($0) != nil }
        let gallery = isChange ? try arguments.writableGallery() : try arguments.gallery()
        var retention = try gallery.retention()
        if isChange {
            retention.templates = try arguments.retention("templates", present: retention.templates)
            retention.events = try arguments.retention("events", present: retention.events)
            try gallery.setRetention(retention)
        }
        Console.line("templates  \(retention.templates.map { formatted(seconds: $0) } ?? "never expire")")
        Console.line("events     \(retention.events.map { formatted(seconds: $0) } ?? "never expire")")
        return .yes
    }
}

extension Arguments {
    fileprivate func retention(_ option: String, present: Int?) throws -> Int? {
        switch string(option) {
        case nil: present
        case "never": nil
        default: try duration(option)
        }
    }
}
