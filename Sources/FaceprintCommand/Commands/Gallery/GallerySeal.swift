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
        return try arguments.finish(gallery, isErased: isErased, "what was open")
    }
}

extension Arguments {
    /// Says what is left of what was sealed before.
    ///
    /// - Parameter what: What may be left.
    func finish(_ gallery: Gallery, isErased: Bool, _ what: String) throws -> ExitStatus {
        if isErased { return .yes }
        if Gallery.isServer(gallery.location) {
            Console.error("the server's log, its standbys and its backups have \(what) until they are recycled")
            return .yes
        }
        Console.error("somebody is reading: \(what) is left in free space until this command is run again")
        return .failure
    }
}
