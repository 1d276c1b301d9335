import CFFmpeg
import Faceprint
import FaceprintFiles
import Foundation

/// Reads the pictures of a video one after the other, through FFmpeg.
///
/// ```swift
/// let reader = try VideoReader(VideoSource("door.mp4"))
/// while let frame = try reader.next() { print(frame.time, frame.image.width) }
/// ```
///
/// No call takes longer than ``VideoLimits`` says, but for a name server that doesn't answer. What is damaged is passed
/// over and counted. Pictures are turned upright as the file says. It is used by one thread at a time.
public final class VideoReader {
    public let source: VideoSource
    /// Pictures a second, as the header says; nil where it doesn't, or nothing sensible.
    public let framesPerSecond: Double?
    /// How many packets and pictures were damaged, and passed over.
    public private(set) var damagedCount = 0

    private let limits: VideoLimits
    private let patience: Patience
    private let input: VideoInput
    private let decoder: VideoDecoder
    private let converter = FrameConverter()
    private var number = 0
    private var lastTime = -Double.infinity
    private var hasEnded = false

    /// - Parameter stop: Ends it from another thread; then there are no more pictures.
    /// - Throws: ``VideoError``; ``VideoError/broken(source:reason:)`` never.
    public init(
        _ source: VideoSource, limits: VideoLimits = .standard, stop: StopSignal = StopSignal()
    ) throws(VideoError) {
        FFmpeg.isReady
        self.source = source
        self.limits = limits
        patience = Patience(stop)
        patience.begin(seconds: limits.openSeconds)
        input = try VideoInput(source, patience, seconds: limits.openSeconds)
        decoder = try VideoDecoder(of: input, source, limits)
        let rate = av_q2d(input.stream.pointee.avg_frame_rate)
        framesPerSecond = rate.isFinite && (0.1...1000).contains(rate) ? rate : nil
    }

    /// The next picture; nil at the end.
    ///
    /// - Throws: ``VideoError/silent(source:seconds:)``, ``VideoError/broken(source:reason:)``,
    ///   ``VideoError/tooLarge(source:width:height:)``.
    public func next() throws(VideoError) -> VideoFrame? {
        patience.begin(seconds: limits.readSeconds)
        while true {
            switch decoder.receive() {
            case .frame:
                if let frame = try frame() { return frame }
            case .needsMore where !hasEnded:
                try feed()
            case .needsMore, .ended:
                return nil
            case .damaged:
                damagedCount += 1
            }
            guard !patience.stop.isSet else { return nil }
            guard !patience.isOver else { throw .silent(source: source.name, seconds: limits.readSeconds) }
        }
    }

    /// The picture that the decoder holds; nil for one that is damaged.
    private func frame() throws(VideoError) -> VideoFrame? {
        let found = decoder.frame
        let (width, height) = (Int(found.pointee.width), Int(found.pointee.height))
        guard limits.allows(width: width, height: height) else {
            throw .tooLarge(source: source.name, width: width, height: height)
        }
        guard found.pointee.flags & AV_FRAME_FLAG_CORRUPT == 0, found.pointee.decode_error_flags == 0,
            let image = converter.image(found, quarterTurns: input.quarterTurns)
        else {
            damagedCount += 1
            return nil
        }
        defer { number += 1 }
        return VideoFrame(number: number, time: time(of: found), image: image)
    }

    /// Never before that of the picture before it; one without a time comes a frame later.
    private func time(of frame: UnsafeMutablePointer<AVFrame>) -> Double {
        let base = av_q2d(input.stream.pointee.time_base)
        let start = input.stream.pointee.start_time
        var time = lastTime.isFinite ? lastTime + 1 / (framesPerSecond ?? 25) : 0
        if frame.pointee.best_effort_timestamp != fp_no_time {
            let ticks = Double(frame.pointee.best_effort_timestamp) - (start == fp_no_time ? 0 : Double(start))
            let stated = ticks * base
            if stated.isFinite, stated >= lastTime { time = stated }
        }
        lastTime = time
        return time
    }

    private func feed() throws(VideoError) {
        switch input.read() {
        case .packet(let packet):
            if !decoder.send(packet) { damagedCount += 1 }
        case .nothing: break
        case .damaged: damagedCount += 1
        case .ended:
            hasEnded = true
            decoder.finish()
        case .interrupted:
            guard !patience.stop.isSet else { return }
            throw .silent(source: source.name, seconds: limits.readSeconds)
        case .failed(let reason): throw .broken(source: source.name, reason: reason)
        }
    }
}
