import CMicrohttpd

/// Reads `multipart/form-data` as it arrives, by libmicrohttpd's parser.
final class FormReader {
    private var parser: OpaquePointer?
    private var parts: [FormPart] = []

    /// - Returns: nil where the request's Content-Type isn't a form's.
    init?(_ connection: OpaquePointer) {
        let iterator: MHD_PostDataIterator = { context, _, name, _, _, _, data, offset, size in
            let reader = Unmanaged<FormReader>.fromOpaque(context!).takeUnretainedValue()
            return reader.take(name, UnsafeRawBufferPointer(start: data, count: size), at: Int(offset))
        }
        parser = MHD_create_post_processor(
            connection, 1 << 15, iterator, Unmanaged.passUnretained(self).toOpaque())
        if parser == nil { return nil }
    }

    deinit { if let parser { MHD_destroy_post_processor(parser) } }

    /// - Returns: False for a malformed form, or one of absurdly many parts.
    func read(_ piece: UnsafeRawBufferPointer) -> Bool {
        guard let parser else { return false }
        let bytes = piece.bindMemory(to: CChar.self)
        return MHD_post_process(parser, bytes.baseAddress, bytes.count) == .YES
    }

    /// - Returns: nil for a form that is cut short.
    func finish() -> [FormPart]? {
        guard let parser else { return nil }
        self.parser = nil
        return MHD_destroy_post_processor(parser) == .YES ? parts : nil
    }

    private static let mostParts = 64

    private func take(_ name: UnsafePointer<CChar>?, _ data: UnsafeRawBufferPointer, at offset: Int) -> MHD_Result {
        let name = name.map { String(cString: $0) } ?? ""
        if offset == 0 || parts.isEmpty {
            guard parts.count < Self.mostParts else { return .NO }
            parts.append(FormPart(name: name, bytes: []))
        }
        parts[parts.count - 1].bytes.append(contentsOf: data)
        return .YES
    }
}
