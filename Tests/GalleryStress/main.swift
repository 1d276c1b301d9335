import Dispatch
import FaceprintGallery
import Foundation
import Synchronization

// Uses a gallery from many threads, for tests that start several of these processes:
//
//     GalleryStress LOCATION writers|readers FIRST COUNT SECONDS RUN
//
// Writers FIRST… and so on, or COUNT readers. Ends with 0 when all went well, and says what didn't.

let arguments = CommandLine.arguments
let (location, role) = (arguments[1], arguments[2])
let numbers = arguments[3...].map { Int($0)! }
let (first, count, seconds, run) = (numbers[0], numbers[1], numbers[2], numbers[3])
let end = ContinuousClock.now + .seconds(seconds)
let failure = Mutex<String?>(nil)

func onThread(_ body: @escaping @Sendable () throws -> Void) -> DispatchSemaphore {
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
        do { try body() } catch { failure.withLock { $0 = $0 ?? "\(error)" } }
        done.signal()
    }
    return done
}

do {
    let gallery = try Gallery(at: location, busyTimeout: .seconds(60))
    let threads = (first..<(first + count)).map { number in
        onThread {
            if role == "writers" {
                var writer = try StressWriter(number: number, run: run, gallery: gallery)
                while ContinuousClock.now < end { try writer.step() }
            } else {
                while ContinuousClock.now < end { try read(gallery) }
            }
        }
    }
    for thread in threads { thread.wait() }
} catch {
    failure.withLock { $0 = "\(error)" }
}
if let failure = failure.withLock({ $0 }) {
    FileHandle.standardError.write(Data("\(failure)\n".utf8))
    exit(1)
}

/// Looks at the gallery as it is, and at somebody in it.
func read(_ gallery: Gallery) throws {
    let people = try gallery.people()
    guard Set(people.map(\.name)).count == people.count else { throw StressFailure("somebody is there twice") }
    guard let person = people.randomElement() else { return }
    do {
        let templates = try gallery.templates(of: person.name)
        guard Set(templates.map(\.id)).count == templates.count else {
            throw StressFailure("a template is there twice")
        }
        for template in templates {
            guard try stressTemplate(stressNumber(template.id)).embedding == template.embedding else {
                throw StressFailure("the template \(template.id) is not what was enrolled")
            }
        }
    } catch GalleryError.noSuchPerson {
        // Removed or renamed meanwhile.
    }
}

struct StressFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
