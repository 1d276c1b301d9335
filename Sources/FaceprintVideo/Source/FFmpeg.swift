import CFFmpeg

/// FFmpeg's libraries, made ready once.
enum FFmpeg {
    static let isReady: Void = {
        // What it has to say about a stranger's bytes is nobody's business; errors come as numbers.
        av_log_set_level(AV_LOG_QUIET)
        // No single piece of memory is larger, whatever a header asks for.
        av_max_alloc(640 << 20)
        avdevice_register_all()
        avformat_network_init()
    }()

    /// An error's number in words.
    static func reason(_ code: CInt) -> String {
        var text = [CChar](repeating: 0, count: 256)
        guard av_strerror(code, &text, text.count) == 0 else { return "error \(code)" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Options by name, as FFmpeg takes them.
struct FFmpegOptions: ~Copyable {
    var dictionary: OpaquePointer?

    init(_ values: KeyValuePairs<String, String> = [:]) {
        for (name, value) in values { av_dict_set(&dictionary, name, value, 0) }
    }

    deinit {
        var dictionary = dictionary
        av_dict_free(&dictionary)
    }
}
