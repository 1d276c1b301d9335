import Dispatch
import FaceprintGallery
import FaceprintServer
import FaceprintVideo
import Synchronization

/// Writes decisions into the gallery's log and opens the door, one after the other, beside the watching: a disk and a
/// door take their time.
final class WatchRecorder: Sendable {
    private let gallery: Gallery
    private let door: DoorSettings
    private let queue = DispatchQueue(label: "decisions")
    private let isFine = Atomic(true)

    init(_ gallery: Gallery, _ door: DoorSettings) {
        self.gallery = gallery
        self.door = door
    }

    func record(_ decision: TrackDecision) {
        queue.async { [self] in
            do {
                // What isn't on the disk has not been decided: the door stays shut.
                let event = try gallery.record([NewEvent(decision.identification, by: .commandLine)])[0]
                guard let person = decision.match?.person, let hook = door.hook else { return }
                let (outcome, failure) = hook.open(
                    door.name, for: person, mode: "video", event, seconds: door.seconds, by: .commandLine)
                if let failure { report("the door's hook failed: \(failure)") }
                try gallery.record([outcome])
            } catch {
                report("the decision can't be recorded: \(error)")
            }
        }
    }

    /// Waits until all is done.
    ///
    /// - Returns: Whether all of it went well.
    func finish() -> Bool {
        queue.sync { isFine.load(ordering: .relaxed) }
    }

    private func report(_ text: String) {
        isFine.store(false, ordering: .relaxed)
        Console.error(text)
    }
}
