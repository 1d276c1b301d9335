import FaceprintFiles
import FaceprintGallery

extension Command {
    static let galleryImport = Command(
        "gallery import", "Add what an export holds. What is there already stays as it is.",
        operands: Operands(usage: "FILE", count: 1...1), options: [.sealWith, .gallery, .sealKey],
        example: """
            $ faceprint gallery import people.jsonl
            people.jsonl: 12 people, 57 templates new; 0 known
            """
    ) { arguments in
        let path = arguments.operands[0]
        let key = try arguments.exportKey(isNew: false)
        let file: InputFile
        do throws(FileError) { file = try InputFile(path) } catch { throw error }
        var bar: ProgressBar?
        var shown = 0
        let summary = try arguments.writableGallery().import(
            from: file, key: key,
            report: { conflict in
                bar?.clear()
                Console.error("\(conflict)")
            },
            progress: { progress in
                if bar == nil { bar = ProgressBar("templates", of: max(progress.total, progress.done)) }
                bar?.advance(by: progress.done - shown)
                shown = progress.done
            })
        bar?.clear()
        let expired = summary.expired > 0 ? ", \(summary.expired) expired" : ""
        let conflicts = summary.conflicts > 0 ? "; \(counted(summary.conflicts, "conflict", "conflicts"))" : ""
        Console.line(
            "\(path): \(counted(summary.people, "person", "people")), "
                + "\(counted(summary.templates, "template", "templates")) new; \(summary.known) known"
                + expired + conflicts)
        return summary.conflicts == 0 ? .yes : .failure
    }
}
