import FaceprintFiles
import FaceprintGallery

extension Option {
    static let sealWith = value(
        "seal-with", "SOURCE", "what the export is sealed with: \(SealKeySource.forms)")
}

extension Command {
    static let galleryExport = Command(
        "gallery export", "Write people and templates in an open form, to be imported elsewhere.",
        operands: Operands(usage: "FILE", count: 1...1),
        options: [.flag("no-photos", "leave the thumbnails out"), .sealWith, .gallery, .sealKey],
        example: """
            $ faceprint gallery export people.jsonl
            people.jsonl: 12 people, 57 templates
            """
    ) { arguments in
        let path = arguments.operands[0]
        let key = try arguments.exportKey(isNew: true)
        let file = try OutputFile(path)
        let summary = try arguments.existingGallery().export(
            to: file, photos: !arguments.has("no-photos"), key: key)
        for defect in summary.defects { Console.error("left out: \(defect)") }
        let line =
            "\(path): \(counted(summary.people, "person", "people")), "
            + counted(summary.templates, "template", "templates")
        // Standard output may be the export itself.
        if path == "-" { Console.error(line) } else { Console.line(line) }
        return summary.defects.isEmpty ? .yes : .failure
    }
}

extension Arguments {
    /// What an export is sealed with; nil for one that isn't.
    ///
    /// - Parameter isNew: Whether it is to be sealed, rather than opened.
    func exportKey(isNew: Bool) throws -> SealKey? {
        try string("seal-with").map { text in
            try SealKeySource(text, option: "--seal-with").read("passphrase of the export", isNew: isNew)
        }
    }
}
