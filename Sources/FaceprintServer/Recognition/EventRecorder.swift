import FaceprintGallery
import Foundation

/// Writes events into the gallery's log. What several requests record at the same time is one transaction: a disk
/// confirms some hundred a second, and a busy server decides more often.
final class EventRecorder: Sendable {
    private let writing: BatchQueue<NewEvent, Event>

    init(_ gallery: Gallery) {
        writing = BatchQueue(limit: 256, runs: 1) { try gallery.record($0) }
    }

    /// Returns when the events are on the disk.
    @discardableResult
    func record(_ events: [NewEvent]) throws -> [Event] { try writing(events) }
}
