import Dispatch
import FaceprintGallery
import Synchronization

/// What a server does by itself at its start and once a minute: it erases what is over and what removals have left in
/// free space, and reads what others have changed, so that nobody who comes to a door waits for it.
final class Housekeeping: Sendable {
    // Only cancelled after it was made.
    private nonisolated(unsafe) let timer: any DispatchSourceTimer

    init(_ application: Application) {
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "housekeeping"))
        timer.schedule(deadline: .now(), repeating: .seconds(60), leeway: .seconds(1))
        timer.setEventHandler { application.keepHouse() }
        timer.resume()
        self.timer = timer
    }

    deinit { timer.cancel() }
}

extension Application {
    func keepHouse() {
        do {
            let erased = try gallery.expire()
            if !erased.isEmpty {
                note(
                    "expired",
                    [
                        "templates": "\(erased.templates)", "people": "\(erased.people)", "events": "\(erased.events)",
                    ])
            }
        } catch {
            report("what is over can't be erased", error)
        }
        do { try gallery.eraseTraces() } catch { report("free space can't be erased", error) }
        do {
            let count = try search.damageCount()
            let isNew = knownDamage.withLock { known in
                defer { known = count }
                return count > known
            }
            if isNew {
                note(
                    "damage",
                    ["left_out": "\(count)", "advice": "faceprint gallery verify names what can't be read"])
            }
        } catch {
            report("the gallery can't be read", error)
        }
    }
}
