import Dispatch
import Faceprint
import FaceprintServer
import FaceprintVideo
import Foundation

extension Command {
    static let watchVideo = Command(
        "watch", "Say who is seen in a video, by a camera or on a stream, once each time they come.",
        operands: Operands(usage: "SOURCE", count: 1...1),
        options: [
            .value("annotate", "FILE", "write the video with boxes and names, as .mp4, .mkv or .ts", completion: .file),
            .value("again", "SECONDS", "after how long out of sight somebody is reported again (default: 30)"),
            .value("every", "N", "search each Nth picture for faces (default: 1)"),
            .value("min-quality", "QUALITY", "of a face to recognise somebody by, 0 to 100 (default: 30)"),
            .value("retries", "N", "give a stream or camera up after N attempts in a row (default: never)"),
            .flag("live", "take a file as a camera: at its own speed, passing over what there is no time for"),
            .flag("no-skip", "look at all that a camera or stream sends, even if that takes longer"),
            .gallery, .sealKey, .group, .search, .searchEffort, .threshold, .nearestTemplates, .json,
        ] + Option.door + Option.recognition,
        example: """
            $ faceprint watch door.mp4
            00:03.2  welcome in, younes (distance 0.6020, 3 frames)
            00:07.9  not in the database (nearest is 1.2131 away, threshold 1.0000, 8 frames)
            """
    ) { arguments in
        signal(SIGPIPE, SIG_IGN)
        let source = try VideoSource(arguments.operands[0])
        let session = try WatchSession(arguments, source)
        let feed = session.feed
        let queue = DispatchQueue(label: "signals")
        let wasTold = StopSignal()
        let signals = [SIGINT, SIGTERM].map { number in
            watch(number, queue) {
                // A second one ends it at once.
                if wasTold.isSet { ExitStatus.failure.leave() }
                wasTold.set()
                feed.stop()
            }
        }
        defer { for source in signals { source.cancel() } }
        return try session.run() ? .yes : .failure
    }
}
