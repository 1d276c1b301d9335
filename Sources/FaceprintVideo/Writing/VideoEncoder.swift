import CFFmpeg
import Faceprint

/// FFmpeg's encoder of a video.
final class VideoEncoder {
    typealias Sink = (UnsafeMutablePointer<AVPacket>) throws(VideoError) -> Void

    let context: UnsafeMutablePointer<AVCodecContext>
    private let path: String
    private var scaler: OpaquePointer?
    private let frame: UnsafeMutablePointer<AVFrame>
    private let packet: UnsafeMutablePointer<AVPacket>
    private var lastTick = Int64.min
    private static let ticksPerSecond: CInt = 1000

    init(path: String, width: Int, height: Int, rate: Double, hasGlobalHeader: Bool) throws(VideoError) {
        self.path = path
        guard let codec = avcodec_find_encoder_by_name("libx264") ?? avcodec_find_encoder(AV_CODEC_ID_MPEG4),
            let context = avcodec_alloc_context3(codec), let frame = av_frame_alloc(), let packet = av_packet_alloc()
        else { throw .cannotWrite(path: path, reason: "FFmpeg has no encoder for it") }
        (self.context, self.frame, self.packet) = (context, frame, packet)
        // Colours are kept for each four pixels.
        context.pointee.width = CInt(width & ~1)
        context.pointee.height = CInt(height & ~1)
        context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
        context.pointee.time_base = AVRational(num: 1, den: Self.ticksPerSecond)
        context.pointee.framerate = av_d2q(rate, 1001)
        context.pointee.gop_size = CInt(2 * rate)
        context.pointee.max_b_frames = 0
        context.pointee.thread_count = 1
        // For MPEG-4, four bits a pixel and second of still pictures; x264 goes by quality.
        context.pointee.bit_rate = Int64(width * height * 4)
        if hasGlobalHeader { context.pointee.flags |= CInt(AV_CODEC_FLAG_GLOBAL_HEADER) }
        var options = FFmpegOptions(["preset": "veryfast", "crf": "20"])
        if context.pointee.codec_id == AV_CODEC_ID_H264 { context.pointee.bit_rate = 0 }
        frame.pointee.format = context.pointee.pix_fmt.rawValue
        frame.pointee.width = context.pointee.width
        frame.pointee.height = context.pointee.height
        for result in [avcodec_open2(context, codec, &options.dictionary), av_frame_get_buffer(frame, 0)] {
            guard result >= 0 else { throw .cannotWrite(path: path, reason: FFmpeg.reason(result)) }
        }
    }

    deinit {
        var (context, frame, packet):
            (UnsafeMutablePointer<AVCodecContext>?, UnsafeMutablePointer<AVFrame>?, UnsafeMutablePointer<AVPacket>?)
        (context, frame, packet) = (self.context, self.frame, self.packet)
        avcodec_free_context(&context)
        av_frame_free(&frame)
        av_packet_free(&packet)
        sws_freeContext(scaler)
    }

    func encode(_ picture: Image, at time: Double, to sink: Sink) throws(VideoError) {
        guard time.isFinite, abs(time) < 1e9 else { return }
        let tick = Int64((time * Double(Self.ticksPerSecond)).rounded())
        guard tick > lastTick else { return }
        lastTick = tick
        // The encoder may still hold the last picture.
        try check(av_frame_make_writable(frame))
        scaler = sws_getCachedContext(
            scaler, CInt(picture.width), CInt(picture.height), AV_PIX_FMT_RGB24, frame.pointee.width,
            frame.pointee.height, context.pointee.pix_fmt, CInt(SWS_BILINEAR), nil, nil, nil)
        guard let scaler else { throw .cannotWrite(path: path, reason: "a picture can't be scaled") }
        picture.pixels.withUnsafeBufferPointer { pixels in
            var planes: [UnsafePointer<UInt8>?] = [pixels.baseAddress, nil, nil, nil]
            var strides: [CInt] = [CInt(3 * picture.width), 0, 0, 0]
            withUnsafeMutablePointer(to: &frame.pointee.data.0) { data in
                _ = data.withMemoryRebound(to: UnsafeMutablePointer<UInt8>?.self, capacity: 8) { data in
                    sws_scale(
                        scaler, &planes, &strides, 0, CInt(picture.height), data, &frame.pointee.linesize.0)
                }
            }
        }
        frame.pointee.pts = tick
        try check(avcodec_send_frame(context, frame))
        try drain(to: sink)
    }

    /// Gives out what the encoder still holds.
    func finish(to sink: Sink) throws(VideoError) {
        try check(avcodec_send_frame(context, nil))
        try drain(to: sink)
    }

    private func drain(to sink: Sink) throws(VideoError) {
        while true {
            let result = avcodec_receive_packet(context, packet)
            if result == fp_averror(EAGAIN) || result == fp_end_of_file { return }
            try check(result)
            defer { av_packet_unref(packet) }
            try sink(packet)
        }
    }

    private func check(_ result: CInt) throws(VideoError) {
        guard result >= 0 else { throw .cannotWrite(path: path, reason: FFmpeg.reason(result)) }
    }
}
