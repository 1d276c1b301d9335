import CFFmpeg
import Glibc

/// A named pipe, read for FFmpeg without ever waiting longer than there is patience: FFmpeg's own reading would hang in
/// the system while nobody writes.
final class PipeInput {
    let context: UnsafeMutablePointer<AVIOContext>
    private let descriptor: CInt
    private let patience: Patience
    private static let bufferSize: CInt = 1 << 15

    /// - Returns: nil where it can't be opened, with the reason in errno.
    init?(_ path: String, _ patience: Patience) {
        self.patience = patience
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let source = Source(descriptor: descriptor, patience: patience)
        let pointer = Unmanaged.passRetained(source).toOpaque()
        guard let buffer = av_malloc(Int(Self.bufferSize)),
            let context = avio_alloc_context(
                buffer.assumingMemoryBound(to: UInt8.self), Self.bufferSize, 0, pointer,
                { opaque, bytes, count in
                    Unmanaged<Source>.fromOpaque(opaque!).takeUnretainedValue().read(into: bytes!, count)
                }, nil, nil)
        else {
            Unmanaged<Source>.fromOpaque(pointer).release()
            close(descriptor)
            errno = ENOMEM
            return nil
        }
        self.context = context
    }

    deinit {
        Unmanaged<Source>.fromOpaque(context.pointee.opaque).release()
        av_free(context.pointee.buffer)
        var context: UnsafeMutablePointer<AVIOContext>? = context
        avio_context_free(&context)
        close(descriptor)
    }

    private final class Source {
        let descriptor: CInt
        let patience: Patience

        init(descriptor: CInt, patience: Patience) {
            self.descriptor = descriptor
            self.patience = patience
        }

        func read(into bytes: UnsafeMutablePointer<UInt8>, _ count: CInt) -> CInt {
            while !patience.isOver {
                var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&state, 1, 100) > 0 else { continue }
                // Before somebody has opened it to write, reading would tell of an end.
                guard state.revents & Int16(POLLIN) != 0 else { return fp_end_of_file }
                let found = Glibc.read(descriptor, bytes, Int(count))
                if found > 0 { return CInt(found) }
                if found == 0 { return fp_end_of_file }
                guard errno == EAGAIN || errno == EINTR else { return fp_averror(errno) }
            }
            return fp_interrupted
        }
    }
}
