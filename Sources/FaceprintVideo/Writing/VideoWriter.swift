import CFFmpeg
import Faceprint
import FaceprintFiles
import Glibc

/// Writes pictures as a video: H.264 where FFmpeg has x264, else MPEG-4, in an `.mp4`, `.mkv` or `.ts` file.
///
/// The file appears under its name when it is finished; until then it has another one beside it, and is removed when
/// its writer goes before that.
///
/// ```swift
/// let writer = try VideoWriter("door.mp4", width: 640, height: 480, framesPerSecond: 25)
/// for (i, picture) in pictures.enumerated() { try writer.append(picture, at: Double(i) / 25) }
/// try writer.finish()
/// ```
public final class VideoWriter {
    public let path: String
    private let temporary: TemporaryName
    private let encoder: VideoEncoder
    private var output: UnsafeMutablePointer<AVFormatContext>?
    private var stream: UnsafeMutablePointer<AVStream>
    private var isFinished = false

    /// Kinds of files by how their names end, and FFmpeg's names for them.
    private static let containers = ["mp4": "mp4", "mkv": "matroska", "ts": "mpegts"]

    /// FFmpeg's name for the kind of file that a path names.
    ///
    /// - Throws: ``VideoError/unknownContainer(path:)``.
    @discardableResult
    package static func container(of path: String) throws(VideoError) -> String {
        guard let format = containers.first(where: { path.lowercased().hasSuffix(".\($0.key)") }) else {
            throw .unknownContainer(path: path)
        }
        return format.value
    }

    /// - Parameters:
    ///   - path: Ends in `.mp4`, `.mkv` or `.ts`.
    ///   - width: In pixels, at most 8192; an odd one loses a column.
    ///   - height: In pixels, at most 8192; an odd one loses a row.
    ///   - framesPerSecond: About how many there will be; the times of pictures say when each is shown.
    /// - Throws: ``VideoError/unknownContainer(path:)``, ``VideoError/cannotWrite(path:reason:)``, or
    ///   ``VideoError/tooLarge(source:width:height:)``.
    public init(_ path: String, width: Int, height: Int, framesPerSecond: Double = 25) throws(VideoError) {
        FFmpeg.isReady
        self.path = path
        let format = try Self.container(of: path)
        guard VideoLimits.standard.allows(width: width, height: height), width > 1, height > 1 else {
            throw .tooLarge(source: path, width: width, height: height)
        }
        do throws(FileError) {
            temporary = try TemporaryName(beside: path)
        } catch {
            throw .file(error)
        }
        let rate = framesPerSecond.isFinite ? min(max(framesPerSecond, 1), 240) : 25
        func check(_ result: CInt) throws(VideoError) {
            guard result >= 0 else { throw .cannotWrite(path: path, reason: FFmpeg.reason(result)) }
        }
        var output: UnsafeMutablePointer<AVFormatContext>?
        try check(avformat_alloc_output_context2(&output, nil, format, temporary.path))
        guard let output, let stream = avformat_new_stream(output, nil) else {
            throw .cannotWrite(path: path, reason: "there is not enough memory")
        }
        self.output = output
        self.stream = stream
        encoder = try VideoEncoder(
            path: path, width: width, height: height, rate: rate, hasGlobalHeader: fp_wants_global_header(output) != 0)
        try check(avcodec_parameters_from_context(stream.pointee.codecpar, encoder.context))
        stream.pointee.time_base = encoder.context.pointee.time_base
        stream.pointee.avg_frame_rate = encoder.context.pointee.framerate
        try check(avio_open(&output.pointee.pb, temporary.path, AVIO_FLAG_WRITE))
        try check(avformat_write_header(output, nil))
    }

    deinit {
        if let output {
            avio_closep(&output.pointee.pb)
            avformat_free_context(output)
        }
        if !isFinished { unlink(temporary.path) }
    }

    /// - Parameters:
    ///   - picture: Scaled where it has another size than the video.
    ///   - time: When it is shown, in seconds; a picture that isn't later than the one before by a millisecond is left
    ///     out.
    public func append(_ picture: Image, at time: Double) throws(VideoError) {
        try encoder.encode(picture, at: time) { (packet) throws(VideoError) in try write(packet) }
    }

    /// Ends the file and gives it its name.
    public func finish() throws(VideoError) {
        guard !isFinished, let output else { return }
        try encoder.finish { (packet) throws(VideoError) in try write(packet) }
        let result = av_write_trailer(output)
        guard result >= 0 else { throw .cannotWrite(path: path, reason: FFmpeg.reason(result)) }
        let closed = avio_closep(&output.pointee.pb)
        guard closed >= 0 else { throw .cannotWrite(path: path, reason: FFmpeg.reason(closed)) }
        do throws(FileError) {
            try temporary.become(path)
        } catch {
            throw .file(error)
        }
        isFinished = true
    }

    private func write(_ packet: UnsafeMutablePointer<AVPacket>) throws(VideoError) {
        av_packet_rescale_ts(packet, encoder.context.pointee.time_base, stream.pointee.time_base)
        packet.pointee.stream_index = stream.pointee.index
        let result = av_interleaved_write_frame(output, packet)
        guard result >= 0 else { throw .cannotWrite(path: path, reason: FFmpeg.reason(result)) }
    }
}
