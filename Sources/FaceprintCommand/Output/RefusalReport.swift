import Faceprint
import FaceprintFiles
import Foundation

/// A file of the photos that were refused, a line each: CSV, or JSON with an object a line.
///
/// Until it is finished it has `.part` at the end of its name. Each line is with the system when it is written, so what
/// an interrupted run has found is there.
final class RefusalReport: Sendable {
    private let path: String
    private let isCSV: Bool
    private let handle: FileHandle

    private var partialPath: String { Self.partialPath(path) }

    /// - Parameter path: Ends in `.csv` or `.jsonl`.
    /// - Throws: ``UsageError`` for another name, `FileError` for a file that can't be written.
    init(path: String) throws {
        guard path.hasSuffix(".csv") || path.hasSuffix(".jsonl") else {
            throw UsageError("--report is “\(path)”; allowed is a file that ends in .csv or .jsonl")
        }
        self.path = path
        isCSV = path.hasSuffix(".csv")
        let partial = Self.partialPath(path)
        // It holds names: only its owner may read it. What is there may be a link, or others' to read.
        unlink(partial)
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FileError.unwritable(path: partial, reason: String(cString: strerror(errno)))
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        if isCSV { try write(CSVRow.text(["photo", "person", "reason", "message", "quality"]) + "\r\n") }
    }

    func append(_ photo: PersonPhoto, _ reason: RefusalReason, _ error: any Error) throws {
        let quality = (error as? FaceQualityError)?.quality.total
        if isCSV {
            let fields = [
                photo.path, photo.person ?? "", reason.rawValue, "\(error)", quality.map { "\(Int($0))" } ?? "",
            ]
            try write(CSVRow.text(fields) + "\r\n")
        } else {
            struct Line: Encodable {
                let photo: String
                let person: String?
                let reason: String
                let message: String
                let quality: Float?
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let line = Line(
                photo: photo.path, person: photo.person, reason: reason.rawValue, message: "\(error)", quality: quality)
            try write(String(decoding: try encoder.encode(line), as: UTF8.self) + "\n")
        }
    }

    /// Gives the file its name, whole.
    func finish() throws {
        do { try handle.synchronize() } catch { throw unwritable(error.localizedDescription) }
        guard rename(partialPath, path) == 0 else { throw unwritable(String(cString: strerror(errno))) }
    }

    private func write(_ text: String) throws {
        do { try handle.write(contentsOf: Data(text.utf8)) } catch { throw unwritable(error.localizedDescription) }
    }

    private func unwritable(_ reason: String) -> FileError { .unwritable(path: path, reason: reason) }

    private static func partialPath(_ path: String) -> String { path + ".part" }
}
