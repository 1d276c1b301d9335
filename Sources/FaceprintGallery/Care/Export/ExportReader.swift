import FaceprintFiles
import Foundation

/// Reads the lines of an export, and opens it where it is sealed. A line is checked for its length before memory is
/// taken for it.
struct ExportReader: ~Copyable {
    private let file: InputFile
    private var seal: SealedReader?
    private let decoder = ExportLine.decoder()
    private var buffer: [UInt8] = []
    /// Where the next line begins in `buffer`.
    private var start = 0
    /// Up to where `buffer` has no line's end.
    private var searched = 0
    private var isAtEnd = false
    /// The number of the line that was read last.
    private(set) var number = 0
    /// How many bytes it has.
    private(set) var length = 0

    /// - Parameter key: nil for an export that isn't sealed.
    init(_ file: consuming InputFile, key: SealKey?) throws(GalleryError) {
        self.file = file
        let first = try Self.read(self.file, SealedStream.startSize)
        guard first.starts(with: SealedStream.magic) else {
            buffer = first
            return
        }
        guard let key else { throw .sealedExport }
        seal = try SealedReader(key, start: first, header: try Self.read(self.file, SealedStream.headerSize))
    }

    /// The next line; nil at the end of the file.
    ///
    /// - Throws: ``GalleryError/damagedExport(line:reason:)``, ``GalleryError/exportCutOff``,
    ///   ``GalleryError/wrongExportKey``, ``GalleryError/file(_:)``.
    mutating func next() throws(GalleryError) -> ExportLine? {
        guard let bytes = try line() else { return nil }
        number += 1
        length = bytes.count
        do {
            return try decoder.decode(ExportLine.self, from: bytes)
        } catch let error as DecodingError {
            throw .damagedExport(line: number, reason: error.reason)
        } catch {
            throw .damagedExport(line: number, reason: "it is no line of an export")
        }
    }

    /// Without its end.
    private mutating func line() throws(GalleryError) -> Data? {
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { (start, searched) = (end + 1, end + 1) }
                return Data(buffer[start..<end])
            }
            buffer.removeFirst(start)
            start = 0
            searched = buffer.count
            guard buffer.count <= ExportLine.limit else {
                throw .damagedExport(line: number + 1, reason: "it is longer than \(ExportLine.limit) bytes")
            }
            guard !isAtEnd else {
                // The last line ends like all others: what is left is a part of one.
                if buffer.isEmpty { return nil }
                throw .exportCutOff
            }
            try fill()
        }
    }

    private mutating func fill() throws(GalleryError) {
        guard seal != nil else {
            let bytes = try Self.read(file, SealedStream.chunkSize)
            isAtEnd = bytes.count < SealedStream.chunkSize
            buffer += bytes
            return
        }
        let size = try Self.read(file, 4)
        guard size.count == 4 else { throw .exportCutOff }
        let count = SealedStream.number(size)
        guard count <= SealedStream.chunkSize + SealedStream.overhead else { throw .wrongExportKey }
        let chunk = try Self.read(file, max(1, count))
        guard chunk.count == count else { throw .exportCutOff }
        let opened = try seal!.open(chunk)
        isAtEnd = opened.isLast
        buffer += opened.bytes
    }

    private static func read(_ file: borrowing InputFile, _ count: Int) throws(GalleryError) -> [UInt8] {
        do throws(FileError) { return try file.read(count) } catch { throw .file(error) }
    }
}
