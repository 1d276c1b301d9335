import Dispatch
import FaceprintGallery
import Foundation
import Synchronization

// Uses a gallery from many threads, for tests that start several of these processes:
//
//     GalleryStress LOCATION writers SECONDS FIRST COUNT     COUNT writers, with the numbers from FIRST on
//     GalleryStress LOCATION readers SECONDS COUNT
//     GalleryStress LOCATION follower                        until its standard input ends
//     GalleryStress LOCATION writer RUN FOLDER [KEY]         the only one, until it is killed
//
// Writers report on the standard output; the others say at the end how often they looked. Ends with 0 when all went
// well, and says what didn't.

let words = Array(CommandLine.arguments.dropFirst())
let numbers = words.dropFirst(2).compactMap(Int.init)
let failure = Mutex<String?>(nil)
let looks = Atomic(0)

/// Runs some threads until each has thrown or ended.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) {
    let done = DispatchSemaphore(value: 0)
    for number in 0..<count {
        Thread.detachNewThread {
            do { try body(number) } catch { failure.withLock { $0 = $0 ?? "\(error)" } }
            done.signal()
        }
    }
    for _ in 0..<count { done.wait() }
}

func open(_ access: Gallery.Access = .readWrite, key: SealKey? = nil) throws -> Gallery {
    try Gallery(at: words[0], access: access, busyTimeout: .seconds(60), sealKey: key)
}

func write() throws {
    let gallery = try open()
    let (end, first) = (ContinuousClock.now + .seconds(numbers[0]), numbers[1])
    onThreads(numbers[2]) { number in
        var writer = StressWriter(number: first + number, gallery: gallery)
        while ContinuousClock.now < end { try writer.step() }
    }
}

func read() throws {
    let gallery = try open(.readOnly)
    let end = ContinuousClock.now + .seconds(numbers[0])
    onThreads(numbers[1]) { _ in
        var reader = StressReader(gallery)
        while ContinuousClock.now < end {
            try reader.step()
            looks.add(1, ordering: .relaxed)
        }
    }
}

func follow() throws {
    let follower = StressFollower(try open())
    let isOver = Atomic(false)
    onThreads(2) { number in
        if number == 0 {
            _ = try FileHandle.standardInput.readToEnd()
            isOver.store(true, ordering: .relaxed)
        } else {
            while !isOver.load(ordering: .relaxed) {
                try follower.step()
                looks.add(1, ordering: .relaxed)
            }
            try follower.compare()
        }
    }
}

func writeAlone() throws {
    let files = StressFiles(URL(fileURLWithPath: words[3]))
    let key = words.count > 4 ? words[4] : nil
    var writer = try StressWriter(
        run: numbers[0], gallery: open(key: key.map(files.key)), files: files, key: key)
    while true { try writer.step() }
}

do {
    switch words[1] {
    case "writers": try write()
    case "readers": try read()
    case "follower": try follow()
    default: try writeAlone()
    }
} catch {
    failure.withLock { $0 = "\(error)" }
}
if looks.load(ordering: .relaxed) > 0 { print(looks.load(ordering: .relaxed)) }
if let failure = failure.withLock({ $0 }) {
    FileHandle.standardError.write(Data("\(failure)\n".utf8))
    exit(1)
}
