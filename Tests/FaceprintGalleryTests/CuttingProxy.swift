import Foundation
import Synchronization

/// Stands before a server, and once breaks a connection at the moment when a change is being stored.
final class CuttingProxy: Sendable {
    enum Cut {
        /// The server never hears of it.
        case beforeItIsStored
        /// The client never hears of it.
        case afterItWasStored
        /// Nor is anybody let in afterwards.
        case afterItWasStoredAndForEver
    }

    let port: UInt16
    private let listener: CInt
    private let server: UInt16
    private let cut: Mutex<Cut?>
    private let isClosed = Atomic(false)

    /// - Parameter server: The port of a server on this machine.
    init(server: UInt16, cut: Cut) throws {
        self.server = server
        self.cut = Mutex(cut)
        listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = Self.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { [listener] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(listener, $0, length)
                listen(listener, 8)
                getsockname(listener, $0, &length)
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Thread.detachNewThread { self.serve(client) }
            }
        }
    }

    var hasCut: Bool { cut.withLock { $0 == nil } }

    func close() {
        shutdown(listener, CInt(SHUT_RDWR))
        Glibc.close(listener)
    }

    private func serve(_ client: CInt) {
        defer { Glibc.close(client) }
        guard !isClosed.load(ordering: .acquiring) else { return }
        let upstream = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(upstream) }
        var address = Self.address(port: server)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(upstream, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { return }
        var isWriting = false
        var isStoring: Cut?
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var sockets = [client, upstream].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&sockets, 2, -1) > 0 else { return }
            for source in sockets where source.revents != 0 {
                let count = recv(source.fd, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                if source.fd == client {
                    isWriting = isWriting || buffer[..<count].firstRange(of: Array("READ COMMITTED".utf8)) != nil
                    // The message of a simple query: its length, and a text that ends with a zero.
                    if buffer[..<count].elementsEqual(Array("Q\0\0\0\u{B}COMMIT\0".utf8)), isWriting {
                        isStoring = cut.withLock { $0.take() }
                        if isStoring == .beforeItIsStored { return }
                    }
                } else if let isStoring {
                    if isStoring == .afterItWasStoredAndForEver { isClosed.store(true, ordering: .releasing) }
                    return
                }
                send(source.fd == client ? upstream : client, buffer, count, CInt(MSG_NOSIGNAL))
            }
        }
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
