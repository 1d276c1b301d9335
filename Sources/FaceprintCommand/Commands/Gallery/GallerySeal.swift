import FaceprintGallery

extension Command {
    static let gallerySeal = Command(
        "gallery seal", "Seal the templates and thumbnails of a gallery.",
        options: [.gallery, .sealKey],
        example: """
            $ faceprint gallery seal --seal-key file:seal.key
            gallery.sqlite: sealed
            """
    ) { arguments in
        guard let source = try arguments.sealKeySource() else {
            throw UsageError("--seal-key SOURCE is missing; there are \(SealKeySource.forms)")
        }
        let gallery = try arguments.existingGallery(sealKey: nil)
        let isErased = try gallery.seal(with: try source.read(isNew: try gallery.sealing() == .plain))
        Console.line("\(gallery.location): sealed")
        guard isErased else {
            Console.error(
                "what was open is still in the gallery's free space, as somebody is reading; run this again then")
            return .failure
        }
        return .yes
    }
}

extension Arguments {
    /// A gallery that is there already, to change it.
    func existingGallery(sealKey: SealKey?) throws -> Gallery {
        _ = try Gallery(at: galleryPath, access: .readOnly)
        return try Gallery(at: galleryPath, sealKey: sealKey)
    }
}
