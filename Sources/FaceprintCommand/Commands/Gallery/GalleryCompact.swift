import FaceprintGallery

extension Command {
    static let galleryCompact = Command(
        "gallery compact", "Write the gallery anew, without what was removed. Other writers wait meanwhile.",
        options: [.gallery, .sealKey],
        example: """
            $ faceprint gallery compact
            12.4 MB, nothing is left of what was removed
            """
    ) { arguments in
        let gallery = try arguments.existingGallery()
        let isErased = try gallery.compact()
        let size = formatted(bytes: try gallery.statistics().bytes)
        Console.line(isErased ? "\(size), nothing is left of what was removed" : size)
        return try arguments.finish(gallery, isErased: isErased, "what was removed")
    }
}
