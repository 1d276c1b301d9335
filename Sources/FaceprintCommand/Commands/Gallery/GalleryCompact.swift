import FaceprintGallery

extension Command {
    static let galleryCompact = Command(
        "gallery compact", "Write the gallery anew, without what was removed. Others wait meanwhile.",
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
        if !isErased {
            Console.error("others were reading: traces of what was removed may be left until this is run again")
        }
        return isErased ? .yes : .failure
    }
}
