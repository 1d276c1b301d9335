import Dispatch
import Faceprint
import FaceprintImaging
import Foundation

/// What became of a photo's file.
public enum FileOutcome<Prior: Sendable, Finding: Sendable>: Sendable {
    /// This was known of the file, so it was not decoded.
    case known(Prior)
    /// Its faces that are meant, and what was found out about them while their photo was there.
    case recognized([EncodedFace], Finding)
}

extension Recognizer {
    /// Reads and recognises any number of photos, on all cores and in bounded memory.
    ///
    /// A photo is let go as soon as its faces are cut out of it. Two groups of photos a core are on their way from file
    /// to embedding, so that one is decoded while another runs through the networks.
    ///
    /// - Parameters:
    ///   - paths: Of the photos' files.
    ///   - selection: Which faces are meant.
    ///   - limits: For each photo.
    ///   - body: Called on this thread for each photo, in their order, with its place in the list; one that can't be
    ///     read, or hasn't the face that is asked for, has its error. What it throws ends the work, but for
    ///     the groups that are under way.
    /// - Throws: What concerns all photos, such as ``InferenceError``.
    public func faces(
        ofFilesAt paths: some RandomAccessCollection<String>, _ selection: FaceSelection,
        limits: PhotoLimits = .standard, body: (Int, Result<[EncodedFace], any Error>) throws -> Void
    ) throws {
        let work = FileGroup<Never, Void>(selection: selection, limits: limits, known: nil) { _, _ in }
        var place = 0
        try inGroups(of: paths, work) { results in
            for result in results {
                try body(
                    place,
                    result.map { outcome in
                        switch outcome {
                        case .recognized(let faces, _): faces
                        }
                    })
                place += 1
            }
        }
    }

    /// Reads and recognises photos as ``faces(ofFilesAt:_:limits:body:)`` does, passes over files that are known, and
    /// looks at each photo while it is there.
    ///
    /// - Parameters:
    ///   - known: Given the places in the list and the SHA-256 of some files, says which need not be decoded, by their
    ///     places; an error stands for a file that isn't wanted.
    ///   - examine: Is given a photo and those of its faces that are meant; nil stands for the whole photo. What it
    ///     throws is the photo's error. It is called on several threads at once.
    ///   - body: Called on this thread for some photos at a time, in their order.
    /// - Throws: What concerns all photos, such as ``InferenceError``, and what `known` throws.
    public func faces<Prior: Sendable, Finding: Sendable>(
        ofFilesAt paths: some RandomAccessCollection<String>, _ selection: FaceSelection,
        limits: PhotoLimits = .standard,
        known: @escaping @Sendable ([(place: Int, sha256: String)]) throws -> [Int: Result<Prior, any Error>],
        examine: @escaping @Sendable (Photo, [Face?]) throws -> Finding,
        body: ([Result<FileOutcome<Prior, Finding>, any Error>]) throws -> Void
    ) throws {
        let work = FileGroup(selection: selection, limits: limits, known: known, examine: examine)
        try inGroups(of: paths, work, body: body)
    }

    private func inGroups<Prior: Sendable, Finding: Sendable>(
        of paths: some RandomAccessCollection<String>, _ work: FileGroup<Prior, Finding>,
        body: ([Result<FileOutcome<Prior, Finding>, any Error>]) throws -> Void
    ) throws {
        typealias Results = [Result<FileOutcome<Prior, Finding>, any Error>]
        let lanes = DispatchSemaphore(value: Self.lanes)
        var rest = paths[...]
        var begun = 0
        var underWay: [Background<Results>] = []
        while true {
            while underWay.count < Self.groupsAtOnce, !rest.isEmpty {
                // The last photos are shared out, so that no core waits long for another.
                let size = min(Self.photosOfGroup, (rest.count + Self.lanes - 1) / Self.lanes)
                let group = Array(rest.prefix(size))
                let start = begun
                underWay.append(
                    Background {
                        lanes.wait()
                        defer { lanes.signal() }
                        return try work.results(of: group, from: start, by: self)
                    })
                rest = rest.dropFirst(group.count)
                begun += group.count
            }
            guard !underWay.isEmpty else { return }
            let results = try underWay.removeFirst().value()
            try timings.measure(.decide, results.count) { try body(results) }
        }
    }

    /// Groups that are worked on at one time: two a core, so that one goes on while another waits for its network.
    private static let lanes = 2 * ProcessInfo.processInfo.activeProcessorCount
    /// Those, and as many that wait or are done and not yet taken, so that no core waits for the caller.
    private static let groupsAtOnce = 2 * lanes
    /// As many as make a good batch for the networks.
    private static let photosOfGroup = 16
}
