import FaceprintGallery

extension Command {
    static let galleryKey = Command(
        "gallery key", "Make a key file to seal a gallery with.",
        operands: Operands(usage: "FILE", count: 1...1),
        example: """
            $ faceprint gallery key seal.key
            seal.key: made
            """
    ) { arguments in
        try SealKey.makeFile(arguments.operands[0])
        Console.line("\(arguments.operands[0]): made")
        Console.error("keep a copy where the gallery isn't: what is sealed with it can't be opened without it")
        return .yes
    }
}
