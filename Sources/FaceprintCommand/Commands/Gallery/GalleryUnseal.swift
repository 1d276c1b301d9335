import FaceprintGallery

extension Command {
    static let galleryUnseal = Command(
        "gallery unseal", "Store the templates and thumbnails of a sealed gallery openly again.",
        options: [.gallery, .sealKey, .flag("yes", "do it: whoever gets the gallery then has the faces in it")],
        example: """
            $ faceprint gallery unseal --seal-key file:seal.key --yes
            gallery.sqlite: no longer sealed
            """
    ) { arguments in
        guard arguments.has("yes") else {
            throw UsageError("whoever gets the gallery then has the faces in it; to do it all the same, add --yes")
        }
        let gallery = try arguments.existingGallery(sealKey: try arguments.sealKeySource()?.read())
        try gallery.unseal()
        Console.line("\(gallery.location): no longer sealed")
        return .yes
    }
}
