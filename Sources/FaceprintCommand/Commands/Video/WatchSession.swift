import Faceprint
import FaceprintGallery
import FaceprintInference
import FaceprintVideo
import Foundation

/// A video while it is watched: one thread reads it, one finds faces, this one follows and recognises them, and one
/// writes the annotated video.
struct WatchSession {
    /// Stopped from another thread, what was seen is still decided.
    let feed: FaceFeed
    private let frames: FrameFeed
    private let source: VideoSource
    private let recognizer: VideoRecognizer
    private let recorder: WatchRecorder
    private let report: any WatchReport
    private let again: Double
    private let annotated: AnnotatedVideo?

    /// - Throws: ``UsageError``, and what keeps the gallery or the model from being opened.
    init(_ arguments: Arguments, _ source: VideoSource) throws {
        self.source = source
        var options = FrameFeed.Options(for: source)
        if arguments.has("live") {
            guard !source.isLive else { throw UsageError("--live is for files; “\(source)” is live anyway") }
            (options.isPaced, options.skips) = (true, true)
        }
        if arguments.has("no-skip") { options.skips = false }
        options.retries = try arguments.number("retries", in: 0...1_000_000)
        let interval = try arguments.number("every", in: 1...1000) ?? 1
        again = try arguments.number("again", in: 0...1_000_000) ?? 30
        var deciding = DecisionSettings()
        deciding.minimumQuality = try arguments.number("min-quality", in: 0...100) ?? deciding.minimumQuality
        let nearestTemplates = try arguments.nearestTemplates()
        let group = arguments.string("group")
        let door = try DoorSettings(arguments)
        report = arguments.has("json") ? WatchJSON() : WatchLines()
        annotated = try arguments.string("annotate").map { try AnnotatedVideo($0) }

        let gallery = try arguments.existingGallery()
        let search = try gallery.search(try arguments.searchKind())
        let settings = try RecognitionSettings(arguments, space: try gallery.space())
        let threshold = try settings.identificationThreshold(of: gallery)
        for defect in try search.damage() { Console.error("\(defect)") }
        // What a group that can't be one is told now, and not at the first face.
        _ = try search.nearestPeople(to: [], count: 1, nearestTemplates: 1, among: group)
        let detector = try settings.videoDetector()
        let encoder = try settings.encoder()
        guard encoder.needsFaces else {
            throw UsageError("a video needs a model that takes faces; “\(encoder.space)” takes whole photos")
        }
        recognizer = VideoRecognizer(encoder: encoder, detector: detector, settings: deciding) { probe in
            try search.identify(
                probe, threshold: threshold, nearestTemplates: nearestTemplates, among: group)
        }
        recorder = WatchRecorder(gallery, door)
        frames = FrameFeed(source, options)
        feed = FaceFeed(frames, detector, every: interval)
    }

    /// - Returns: Whether all decisions are in the log, and doors have opened.
    func run() throws -> Bool {
        // What ends this early also ends those who read.
        defer { feed.cancel() }
        var filter = RepeatFilter(seconds: again)
        let watching = Result {
            while let item = try feed.next() {
                switch item {
                case .frame(let frame, let faces):
                    if let faces { take(try recognizer.process(frame, faces: faces), &filter) }
                    let visible = recognizer.visible
                    for case let person? in visible.map({ $0.decision?.match?.person }) {
                        filter.saw(person, at: frame.time)
                    }
                    try annotated?.append(frame, visible)
                case .lost(let reason, let time): report.lost(reason, at: time)
                case .back(let time): report.back(source, at: time)
                }
            }
        }
        let ending = Result { take(try recognizer.finish(), &filter) }
        let writing = Result<Void, any Error> { try annotated?.finish() }
        let isRecorded = recorder.finish()
        report.end(skipped: frames.skippedCount, damaged: frames.damagedCount)
        for outcome in [watching, ending, writing] { try outcome.get() }
        return isRecorded
    }

    private func take(_ decisions: [TrackDecision], _ filter: inout RepeatFilter) {
        for decision in decisions where filter.isNew(decision) {
            report.add(decision)
            recorder.record(decision)
        }
    }
}
