import Foundation
import Synchronization
import Testing

/// Looks for parts of secrets in every file of a folder, and in temporary files that this process has open.
final class PlaintextSearch: Sendable {
    private let folder: String
    /// Every 8 bytes at a multiple of 8.
    private let parts: Set<UInt64>
    /// By the lowest 16 bits of a part, so that most bytes are passed over fast.
    private let isCandidate: [Bool]

    init(_ secrets: [[UInt8]], in folder: String) {
        self.folder = folder
        parts = Set(
            secrets.flatMap { secret in
                secret.withUnsafeBytes { bytes in
                    stride(from: 0, through: bytes.count - 8, by: 8).map {
                        bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)
                    }
                }
            })
        isCandidate = parts.reduce(into: [Bool](repeating: false, count: 1 << 16)) { $0[Int($1 & 0xFFFF)] = true }
    }

    /// The names of the files in which there is a part of a secret.
    func found() -> [String] {
        let files = (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? [])
            .map { folder + "/" + $0 }
        return (files + temporaryFiles()).filter { path in
            // It may be gone by now.
            FileManager.default.contents(atPath: path)?.withUnsafeBytes(holdsPart) ?? false
        }
    }

    private func holdsPart(_ bytes: UnsafeRawBufferPointer) -> Bool {
        isCandidate.withUnsafeBufferPointer { isCandidate in
            var place = 0
            while place + 8 <= bytes.count {
                let part = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                if isCandidate[Int(truncatingIfNeeded: part & 0xFFFF)], parts.contains(part) { return true }
                place += 1
            }
            return false
        }
    }

    /// Looks again and again while something is done, and once at least.
    ///
    /// - Returns: What was found.
    func found(while body: () throws -> Void) throws -> Set<String> {
        let state = Mutex((files: Set<String>(), isDone: false))
        let end = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            repeat {
                let found = self.found()
                state.withLock { $0.files.formUnion(found) }
            } while !state.withLock({ $0.isDone })
            end.signal()
        }
        let result = Result { try body() }
        state.withLock { $0.isDone = true }
        end.wait()
        try result.get()
        return state.withLock { $0.files }
    }

    /// SQLite removes a temporary file's name as soon as it has opened it.
    private func temporaryFiles() -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.map { "/proc/self/fd/" + $0 }
            .filter { path in
                (try? FileManager.default.destinationOfSymbolicLink(atPath: path))?.contains("etilqs_") == true
            } ?? []
    }
}
