import FaceprintGallery

extension Command {
    static let galleryIndex = Command(
        "gallery index", "Let PostgreSQL search for people by itself, by an HNSW index that this makes.",
        options: [.gallery, .sealKey, .flag("remove", "remove the index, and let each process keep its own")],
        example: """
            $ faceprint gallery index --gallery postgres://localhost/faceprint
            1204 templates can be searched by the server
            """
    ) { arguments in
        let gallery = try arguments.existingGallery()
        if arguments.has("remove") {
            try gallery.removeServerSearch()
            Console.line("The server keeps no vectors to be searched.")
        } else {
            try gallery.makeServerSearch()
            Console.line("\(try gallery.size().templates) templates can be searched by the server")
        }
        return .yes
    }
}
