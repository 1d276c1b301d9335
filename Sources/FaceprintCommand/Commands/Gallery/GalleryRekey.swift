import FaceprintGallery

extension Command {
    static let galleryRekey = Command(
        "gallery rekey", "Seal a sealed gallery anew, by another key.",
        options: [
            .gallery, .sealKey,
            .value("new-seal-key", "SOURCE", "where the new key is (default: the same key; the rows get another)"),
        ],
        example: """
            $ faceprint gallery rekey --seal-key file:seal.key --new-seal-key passphrase
            gallery.sqlite: sealed anew
            """
    ) { arguments in
        guard let source = try arguments.sealKeySource() else {
            throw UsageError("--seal-key SOURCE is missing; there are \(SealKeySource.forms)")
        }
        let old = try source.read()
        let new =
            try arguments.string("new-seal-key").map { text in
                try SealKeySource(text, option: "--new-seal-key").read("new passphrase", isNew: true)
            } ?? old
        let isErased = try arguments.rekey(from: old, to: new)
        Console.line("\(arguments.galleryPath): sealed anew")
        guard isErased else {
            Console.error(
                "what the old key opens is still in the gallery's free space, as somebody is reading; run this again then"
            )
            return .failure
        }
        return .yes
    }
}

extension Arguments {
    fileprivate func rekey(from old: SealKey, to new: SealKey) throws -> Bool {
        do {
            return try existingGallery(sealKey: old).rekey(to: new)
        } catch GalleryError.wrongSealKey(let path, let reason) {
            // Where this was interrupted after the change, the new key fits, and the rest is left to do.
            guard let gallery = try? existingGallery(sealKey: new) else {
                throw GalleryError.wrongSealKey(path: path, reason: reason)
            }
            return try gallery.compact()
        }
    }
}
