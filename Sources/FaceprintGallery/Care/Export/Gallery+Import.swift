import Faceprint
import FaceprintFiles
import Foundation

extension Gallery {
    /// Adds what ``export(to:photos:key:now:by:)`` wrote.
    ///
    /// Templates keep their ids, people their names, badges and groups. What the gallery has already stays as it is, so
    /// that a file may be imported again, also one whose import was interrupted. What contradicts the gallery is
    /// reported line by line, and the rest is imported. A batch of lines is one transaction.
    ///
    /// - Parameters:
    ///   - report: Told of each line that can't be imported as it is, as they come.
    ///   - progress: Told after each batch, when it is on the disk.
    /// - Throws: ``GalleryError/otherSpace(gallery:found:)`` or ``GalleryError/sealed(path:)`` before anything is
    ///   imported; ``GalleryError/damagedExport(line:reason:)``, ``GalleryError/exportCutOff``,
    ///   ``GalleryError/sealedExport``, ``GalleryError/wrongExportKey``, ``GalleryError/file(_:)``, or an error of the
    ///   store: then what came before is imported.
    @discardableResult
    public func `import`(
        from file: consuming InputFile, key: SealKey? = nil, by actor: Actor = .commandLine,
        report: (ImportConflict) -> Void = { _ in }, progress: (ImportProgress) -> Void = { _ in }
    ) throws(GalleryError) -> ImportSummary {
        // Without the seal key nothing is changed, and nothing recorded.
        _ = try store.read { (c) throws(GalleryError) in try sealer(in: c) }
        var reader = try ExportReader(file, key: key)
        var lines = try ImportedLines(try header(&reader))
        var job = GalleryImport(gallery: self, actor: actor)
        try requireSameSpace(lines.space)
        do throws(GalleryError) {
            try job.takeThreshold(lines.header.identificationThreshold, report: report)
            while let batch = try lines.next(&reader) {
                try job.take(batch, report: report)
                progress(ImportProgress(done: lines.templates, total: lines.header.templates))
            }
        } catch {
            // What is in the gallery by now is in its log too, and says so.
            try? job.record()
            throw error
        }
        try job.record()
        return job.summary
    }

    private func header(_ reader: inout ExportReader) throws(GalleryError) -> ExportLine.Header {
        guard case .header(let header) = try reader.next(), header.format == ExportLine.Header.format else {
            throw .damagedExport(line: 1, reason: "it is not the first line of an export")
        }
        guard header.version == ExportLine.Header.version else {
            throw .damagedExport(line: 1, reason: "it has version \(header.version); this software knows version 1")
        }
        return header
    }

    private func requireSameSpace(_ found: EmbeddingSpace?) throws(GalleryError) {
        if let found, let present = try space(), found != present {
            throw .otherSpace(gallery: present, found: found)
        }
    }
}

/// A gallery that is being added to.
private struct GalleryImport {
    let gallery: Gallery
    let actor: Actor
    private(set) var summary = ImportSummary()

    init(gallery: Gallery, actor: Actor) {
        self.gallery = gallery
        self.actor = actor
    }

    /// The gallery's own threshold stays.
    mutating func takeThreshold(
        _ threshold: Float?, report: (ImportConflict) -> Void
    ) throws(GalleryError) {
        guard let threshold, try gallery.identificationThreshold() == nil else { return }
        do throws(GalleryError) {
            try gallery.setIdentificationThreshold(threshold, by: actor)
        } catch .invalidThreshold(let threshold) {
            conflict(ImportConflict(line: 1, person: "", error: .invalidThreshold(threshold)), report)
        }
    }

    mutating func take(_ batch: ImportedLines.Batch, report: (ImportConflict) -> Void) throws(GalleryError) {
        for defect in batch.defects { conflict(defect, report) }
        if !batch.people.isEmpty {
            let results = try gallery.add(batch.people.map(\.person), by: actor)
            for ((line, person), result) in zip(batch.people, results) {
                summary.people += result.isNew ? 1 : 0
                for error in result.conflicts {
                    conflict(ImportConflict(line: line, person: person.name, error: error), report)
                }
            }
        }
        let templates = try kept(batch.templates)
        if !templates.isEmpty {
            let entries = templates.map { (name: $0.person, template: $0.template) }
            for ((line, person, _), result) in zip(templates, try gallery.enroll(entries, by: actor)) {
                switch result {
                case .success(.added): summary.templates += 1
                case .success(.alreadyEnrolled): summary.known += 1
                case .failure(let error): conflict(ImportConflict(line: line, person: person, error: error), report)
                }
            }
        }
        summary.expired += batch.expired + batch.templates.count - templates.count
    }

    /// Without those whose time is over once the gallery's retention is theirs.
    private func kept(_ templates: [ImportedLines.Batch.Entry]) throws(GalleryError) -> [ImportedLines.Batch.Entry] {
        guard let retention = try gallery.retention().templates, let now = Date().milliseconds else { return templates }
        return templates.filter { entry in
            // What can't be stored is told by enrolling it.
            guard let new = try? NewTemplate(entry.template, of: entry.person),
                let end = new.expiring(after: retention).expires
            else { return true }
            return end > now
        }
    }

    private mutating func conflict(_ conflict: ImportConflict, _ report: (ImportConflict) -> Void) {
        summary.conflicts += 1
        report(conflict)
    }

    func record() throws(GalleryError) {
        let detail = ["people": "\(summary.people)", "templates": "\(summary.templates)"]
        try gallery.record([NewEvent(.galleryImported, by: actor, detail: detail)])
    }
}
