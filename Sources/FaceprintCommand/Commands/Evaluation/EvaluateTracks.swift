import Faceprint
import FaceprintEvaluation
import FaceprintFiles

extension Command {
    static let evaluateTracks = Command(
        "evaluate tracks", "Measure accuracy on pairs of tracks of a video, by the protocol of YouTube Faces.",
        operands: Operands(usage: "DIR", count: 1...1, completion: .folder),
        options: [
            .value("pairs", "FILE", "the list of pairs of tracks (default: DIR/splits.txt)", completion: .file),
            .choice(
                "method", TrackDistance.allCases.map(\.rawValue),
                "of the distances of all pairs of frames, or that of the averaged embeddings (default: mean)"),
            .value("frames", "N", "take N frames of each track, evenly (default: all)"),
        ] + Option.evaluation.filter { $0.name != "groups" },
        example: """
            $ faceprint evaluate tracks frame_images_DB --pairs splits.txt --frames 20
            Tracks
            …
            Protocol, 10 folds
              Accuracy  …
            """
    ) { arguments in
        let folder = arguments.operands[0]
        let list = try PairList(tracks: arguments.string("pairs") ?? folder + "/splits.txt")
        let method = arguments.string("method").flatMap(TrackDistance.init) ?? .mean
        let frames = try arguments.number("frames", in: 1...100_000)
        let output = try EvaluationOutput(arguments)
        let settings = try RecognitionSettings(arguments, mode: .throughput)
        for (isGenuine, kind) in [(true, "genuine"), (false, "impostor")]
        where !list.pairs.contains(where: { $0.isGenuine == isGenuine }) {
            throw EvaluationError.noPairs(kind: kind)
        }
        let photos = try PhotoSet(ofTracks: list, in: folder, frames: frames)
        let measured = try MeasuredPhotos(photos, arguments.faceSelection(default: .central), settings)

        let listed = try PairMeasurement(of: list, tracks: measured.embeddingsByTrack, by: method)
        let rates = try ErrorRates(genuine: listed.genuine, impostor: listed.impostor)
        let report = EvaluationReport(
            title: "Tracks, by the \(method.rawValue) distance", model: measured.description,
            rates: RatesSummary(rates, title: "Pairs of tracks"),
            decision: rates.operatingPoint(threshold: settings.thresholds.verification),
            refusedPhotos: measured.refusedPhotos, refusals: measured.refusals,
            photosPerSecond: measured.photosPerSecond,
            folds: list.foldCount >= 2 ? try FoldProtocol(listed.pairs) : nil)
        try output.write(report, WorstDecisions(measured.shown(listed.pairs), measured))
        return .yes
    }
}

extension PhotoSet {
    /// The frames of the tracks of a list: the photos in `DIR/PERSON/TRACK`.
    ///
    /// - Parameter frames: How many of each track, evenly; nil for all.
    /// - Throws: ``UsageError`` for a track without photos, `FileError` for one that isn't there.
    init(ofTracks list: PairList, in folder: String, frames: Int?) throws {
        var photos: [Photo] = []
        for track in list.photos {
            let files = try FolderListing.entries(of: folder + "/" + track).filter { !$0.isFolder }
            guard !files.isEmpty else { throw UsageError("the track “\(folder)/\(track)” holds no photos") }
            let count = min(frames ?? files.count, files.count)
            for number in 0..<count {
                let name = track + "/" + files[number * files.count / count].name
                photos.append(
                    Photo(name: name, path: folder + "/" + name, identity: String(track.prefix { $0 != "/" })))
            }
        }
        self.folder = folder
        self.photos = photos
    }
}

extension PhotoSet.Photo {
    /// `PERSON/TRACK`.
    fileprivate var track: String { name.split(separator: "/").prefix(2).joined(separator: "/") }
}

extension MeasuredPhotos {
    /// Those of each track's frames; none for a track whose frames were all refused.
    fileprivate var embeddingsByTrack: [String: [Embedding]] {
        Dictionary(grouping: photos.indices) { photos[$0].track }.mapValues { $0.compactMap { embeddings[$0] } }
    }

    /// Pairs of the tracks' middle frames instead of the tracks, to be looked at.
    fileprivate func shown(_ pairs: [MeasuredPair]) -> [MeasuredPair] {
        let frames = Dictionary(grouping: photos, by: \.track).mapValues { $0[$0.count / 2].name }
        return pairs.map { measured in
            let pair = measured.pair
            return MeasuredPair(
                pair: Pair(
                    first: frames[pair.first] ?? pair.first, second: frames[pair.second] ?? pair.second,
                    isGenuine: pair.isGenuine, fold: pair.fold),
                distance: measured.distance)
        }
    }
}
