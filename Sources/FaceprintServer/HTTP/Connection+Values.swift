import CMicrohttpd
import Glibc

extension OpaquePointer {
    /// For a connection: a header of its request.
    func header(_ name: String) -> String? {
        MHD_lookup_connection_value(self, .HEADER_KIND, name).map { String(cString: $0) }
    }

    /// For a connection: all headers of its request.
    func headers() -> [String: String] {
        var headers: [String: String] = [:]
        withUnsafeMutablePointer(to: &headers) { headers in
            let iterator: MHD_KeyValueIterator = { context, _, name, value in
                let headers = context!.assumingMemoryBound(to: [String: String].self)
                guard let name else { return .YES }
                let key = String(cString: name).lowercased()
                if headers.pointee[key] == nil { headers.pointee[key] = value.map { String(cString: $0) } ?? "" }
                return .YES
            }
            _ = MHD_get_connection_values(self, .HEADER_KIND, iterator, headers)
        }
        return headers
    }

    /// For a connection: the IP address at its other end.
    func clientAddress() -> String {
        guard let address = fp_mhd_address(self) else { return "unknown" }
        let size = socklen_t(
            Int32(address.pointee.sa_family) == AF_INET6
                ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size)
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard getnameinfo(address, size, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else {
            return "unknown"
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
