import FaceprintFiles
import Foundation
import Synchronization

/// Writes the lines of an export, sealed where there is a key.
final class ExportWriter: Sendable {
    private let file: OutputFile
    private let key: SealKey?
    private let seal = Mutex<SealingWriter?>(nil)

    init(_ file: OutputFile, key: SealKey?) {
        self.file = file
        self.key = key
    }

    /// Begins, or begins again with an empty file.
    func start() throws(GalleryError) {
        try writing { () throws(FileError) in try file.restart() }
        guard let key else { return }
        let (writer, start) = try SealingWriter.start(key)
        seal.withLock { $0 = writer }
        try writing { () throws(FileError) in try file.write(start) }
    }

    func write(_ line: ExportLine, _ encoder: JSONEncoder) throws(GalleryError) {
        guard var bytes = try? Array(encoder.encode(line)) else {
            preconditionFailure("texts, dates and finite numbers can be encoded")
        }
        bytes.append(UInt8(ascii: "\n"))
        try put(bytes, isLast: false)
    }

    /// Ends the file and gives it its name.
    func finish() throws(GalleryError) {
        try put([], isLast: true)
        try writing { () throws(FileError) in try file.finish() }
    }

    private func put(_ bytes: [UInt8], isLast: Bool) throws(GalleryError) {
        let bytes = seal.withLock { $0?.seal(bytes, isLast: isLast) } ?? bytes
        try writing { () throws(FileError) in try file.write(bytes) }
    }

    private func writing(_ body: () throws(FileError) -> Void) throws(GalleryError) {
        do throws(FileError) { try body() } catch { throw .file(error) }
    }
}
