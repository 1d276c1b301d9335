import Glibc
import Synchronization

/// Bytes written one after another, to standard output or to a file.
///
/// The file is its owner's alone, and appears whole under its name or not at all: until ``finish()`` it has another
/// name beside it, and when its owner goes before that, it is removed.
public final class OutputFile: Sendable {
    /// As the user wrote it; `-` is standard output.
    public let path: String

    private struct State {
        var descriptor: CInt
        /// What it is called until it is finished; nil for standard output, and afterwards.
        var temporary: String?
        var buffer: [UInt8] = []
        var hasWritten = false
    }

    private static let bufferSize = 1 << 18
    private let state: Mutex<State>

    /// - Throws: ``FileError/unwritable(path:reason:)``.
    public init(_ path: String) throws(FileError) {
        self.path = path
        guard path != "-" else {
            state = Mutex(State(descriptor: STDOUT_FILENO))
            return
        }
        let temporary = try TemporaryName(beside: path).path
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .writing(path) }
        state = Mutex(State(descriptor: descriptor, temporary: temporary))
    }

    deinit {
        state.withLock { state in
            guard let temporary = state.temporary else { return }
            close(state.descriptor)
            unlink(temporary)
        }
    }

    public func write(_ bytes: some Sequence<UInt8>) throws(FileError) {
        try state.withLock { (state) throws(FileError) in
            state.buffer.append(contentsOf: bytes)
            if state.buffer.count >= Self.bufferSize { try flush(&state) }
        }
    }

    /// Begins again with an empty file.
    ///
    /// - Throws: ``FileError/unwritable(path:reason:)``, also where what was written to standard output can't be taken
    ///   back.
    public func restart() throws(FileError) {
        try state.withLock { (state) throws(FileError) in
            state.buffer = []
            guard state.hasWritten else { return }
            guard state.temporary != nil else {
                throw .unwritable(path: path, reason: "it would have to begin anew, which a pipe can't; try again")
            }
            guard ftruncate(state.descriptor, 0) == 0, lseek(state.descriptor, 0, SEEK_SET) == 0 else {
                throw .writing(path)
            }
            state.hasWritten = false
        }
    }

    /// Gives the file its name, when all of it is on the disk.
    ///
    /// - Throws: ``FileError/unwritable(path:reason:)``.
    public func finish() throws(FileError) {
        try state.withLock { (state) throws(FileError) in
            try flush(&state)
            guard let temporary = state.temporary else { return }
            guard fsync(state.descriptor) == 0 else { throw .writing(path) }
            try TemporaryName(path: temporary).become(path)
            close(state.descriptor)
            state.temporary = nil
        }
    }

    private func flush(_ state: inout State) throws(FileError) {
        var done = 0
        while done < state.buffer.count {
            let written = state.buffer.withUnsafeBytes {
                Glibc.write(state.descriptor, $0.baseAddress! + done, $0.count - done)
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .writing(path) }
            state.hasWritten = true
            done += written
        }
        state.buffer.removeAll(keepingCapacity: true)
    }
}
