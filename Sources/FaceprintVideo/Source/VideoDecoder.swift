import CFFmpeg

/// FFmpeg's decoder of a stream.
final class VideoDecoder {
    enum Answer {
        /// There is a picture in ``VideoDecoder/frame``.
        case frame
        case needsMore
        case ended
        case damaged
    }

    let frame: UnsafeMutablePointer<AVFrame>
    private var context: UnsafeMutablePointer<AVCodecContext>?

    init(of input: VideoInput, _ source: VideoSource, _ limits: VideoLimits) throws(VideoError) {
        let parameters = input.stream.pointee.codecpar!
        let (width, height) = (Int(parameters.pointee.width), Int(parameters.pointee.height))
        // 0 where only the pictures say it.
        if width != 0 || height != 0, !limits.allows(width: width, height: height) {
            throw .tooLarge(source: source.name, width: width, height: height)
        }
        guard let codec = avcodec_find_decoder(parameters.pointee.codec_id),
            let context = avcodec_alloc_context3(codec)
        else { throw .noPictures(source: source.name) }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_parameters_to_context(context, parameters)
        context.pointee.pkt_timebase = input.stream.pointee.time_base
        // More threads would hold pictures back, and the cores have better to do.
        context.pointee.thread_count = 1
        av_opt_set_int(context, "max_pixels", Int64(limits.pixels), 0)
        let result = avcodec_open2(context, codec, nil)
        guard result >= 0, let frame = av_frame_alloc() else {
            avcodec_free_context(&owned)
            throw .cannotOpen(source: source.name, reason: FFmpeg.reason(result))
        }
        self.context = context
        self.frame = frame
    }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = frame
        av_frame_free(&frame)
        avcodec_free_context(&context)
    }

    /// - Returns: Whether the packet was taken; a damaged one isn't.
    func send(_ packet: UnsafeMutablePointer<AVPacket>) -> Bool {
        packet.pointee.flags & AV_PKT_FLAG_CORRUPT == 0 && avcodec_send_packet(context, packet) >= 0
    }

    /// There will be no more packets.
    func finish() { avcodec_send_packet(context, nil) }

    func receive() -> Answer {
        switch avcodec_receive_frame(context, frame) {
        case 0...: .frame
        case fp_averror(EAGAIN): .needsMore
        case fp_end_of_file: .ended
        default: .damaged
        }
    }
}
