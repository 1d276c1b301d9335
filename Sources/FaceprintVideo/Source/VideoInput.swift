import CFFmpeg
import FaceprintFiles
import Glibc

/// FFmpeg's container of a video, and the stream of pictures in it.
final class VideoInput {
    enum Answer {
        /// Of the pictures' stream; valid until the next reading.
        case packet(UnsafeMutablePointer<AVPacket>)
        /// Not yet, or of another stream.
        case nothing
        case damaged
        case ended
        case interrupted
        case failed(String)
    }

    let stream: UnsafeMutablePointer<AVStream>
    private var context: UnsafeMutablePointer<AVFormatContext>?
    private let packet: UnsafeMutablePointer<AVPacket>
    private let patience: Patience
    private let pipe: PipeInput?

    init(_ source: VideoSource, _ patience: Patience, seconds: Double) throws(VideoError) {
        self.patience = patience
        if source.kind == .file { try Self.check(file: source.name) }
        guard var context = avformat_alloc_context(), let packet = av_packet_alloc() else {
            throw .cannotOpen(source: source.name, reason: "there is not enough memory")
        }
        var opened: UnsafeMutablePointer<AVFormatContext>? = context
        var packets: UnsafeMutablePointer<AVPacket>? = packet
        func fail(_ code: CInt) -> VideoError {
            avformat_close_input(&opened)
            av_packet_free(&packets)
            return code == fp_interrupted
                ? .silent(source: source.name, seconds: seconds)
                : .cannotOpen(source: source.name, reason: FFmpeg.reason(code))
        }
        context.pointee.interrupt_callback = AVIOInterruptCB(
            callback: { Patience.at($0).isOver ? 1 : 0 }, opaque: patience.pointer)
        pipe = source.kind == .pipe ? PipeInput(source.address, patience) : nil
        if source.kind == .pipe, pipe == nil { throw fail(fp_averror(errno)) }
        context.pointee.pb = pipe?.context
        var format: UnsafePointer<AVInputFormat>?
        if source.kind == .camera {
            format = av_find_input_format("v4l2")
            // A camera that stalls would hang in the system.
            context.pointee.flags |= AVFMT_FLAG_NONBLOCK
        }
        var options = FFmpegOptions(Self.options(source))
        var result = avformat_open_input(&opened, source.address, format, &options.dictionary)
        guard result >= 0, let found = opened else { throw fail(result) }
        context = found
        result = avformat_find_stream_info(context, nil)
        guard result >= 0 else { throw fail(result) }
        let index = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0)
        guard index >= 0, index < context.pointee.nb_streams, let stream = context.pointee.streams[Int(index)] else {
            _ = fail(index)
            throw .noPictures(source: source.name)
        }
        for other in 0..<Int(context.pointee.nb_streams) where other != Int(index) {
            context.pointee.streams[other]?.pointee.discard = AVDISCARD_ALL
        }
        self.context = context
        self.stream = stream
        self.packet = packet
    }

    deinit {
        // A server is told that nobody listens any more, and not waited for.
        patience.begin(seconds: 1)
        avformat_close_input(&context)
        var packet: UnsafeMutablePointer<AVPacket>? = packet
        av_packet_free(&packet)
    }

    func read() -> Answer {
        av_packet_unref(packet)
        let result = av_read_frame(context, packet)
        switch result {
        case 0...: return packet.pointee.stream_index == stream.pointee.index ? .packet(packet) : .nothing
        case fp_end_of_file: return .ended
        case fp_interrupted: return .interrupted
        case fp_invalid_data: return .damaged
        case fp_averror(EAGAIN):
            // A camera has no picture yet.
            usleep(2000)
            return .nothing
        default: return .failed(FFmpeg.reason(result))
        }
    }

    /// Clockwise, 0…3: how a phone was held.
    var quarterTurns: Int {
        guard let data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, nil) else { return 0 }
        let angle = data.withMemoryRebound(to: Int32.self, capacity: 9) { av_display_rotation_get($0) }
        guard angle.isFinite else { return 0 }
        return ((Int((-angle / 90).rounded()) % 4) + 4) % 4
    }

    /// What a source may be, and what it may open besides. A file opens nothing else; a stream's playlist no file.
    private static func options(_ source: VideoSource) -> KeyValuePairs<String, String> {
        switch source.kind {
        case .file, .pipe:
            ["protocol_whitelist": "file", "format_whitelist": formats]
        case .camera: [:]
        case .stream:
            [
                "protocol_whitelist": "rtsp,rtsps,rtp,srtp,udp,tcp,tls,http,https,httpproxy,crypto,rtmp,rtmps,srt",
                "format_whitelist": formats + ",rtsp,sdp,rtp,hls",
                // Over UDP pictures are lost, and the router is in the way.
                "rtsp_transport": "tcp",
            ]
        }
    }

    /// Containers that hold moving pictures, and don't name other files.
    private static let formats =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,live_flv,asf,ogg,mxf,ivf,nut,wtv,"
        + "h264,hevc,mpegvideo,m4v,mjpeg,mpjpeg,yuv4mpegpipe,gif"

    /// - Throws: What the system's own words say better than FFmpeg's.
    private static func check(file path: String) throws(VideoError) {
        var status = Glibc.stat()
        guard stat(path, &status) == 0 else {
            guard errno != ENOENT, errno != ENOTDIR else { throw .file(.missing(path: path)) }
            throw .file(.unreadable(path: path, reason: String(cString: strerror(errno))))
        }
        if status.st_mode & S_IFMT == S_IFDIR { throw .file(.isFolder(path: path)) }
        if status.st_mode & S_IFMT == S_IFREG, status.st_size == 0 { throw .file(.empty(path: path)) }
    }
}
