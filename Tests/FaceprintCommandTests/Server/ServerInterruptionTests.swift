import FaceprintGallery
import FaceprintImaging
import Foundation
import Synchronization
import TestSupport
import Testing

/// `kill -9` at random moments while several clients enroll 200 people.
@Suite struct ServerInterruptionTests {
    private let setup = try! TinySetup()

    private struct Progress {
        var waiting = Array(0..<200)
        var answered: Set<Int> = []
    }

    @Test func whatWasAnsweredIsKept() throws {
        let progress = Mutex(Progress())
        var kills = 0
        while progress.withLock({ $0.answered.count }) < 200 {
            let server = try ServerProcess(setup.tool, "--model", "tiny")
            let stop = progress.withLock { $0.answered.count } + Int.random(in: 1...40)
            DispatchQueue.concurrentPerform(iterations: 4) { _ in
                while let number = progress.withLock({ $0.waiting.popLast() }) {
                    let status = try? enroll(number, server)
                    let answered = progress.withLock { progress in
                        if status == 201 { progress.answered.insert(number) } else { progress.waiting.append(number) }
                        return progress.answered.count
                    }
                    // The others' requests are under way.
                    if answered == stop { server.kill() }
                    if status != 201 { break }
                }
            }
            let answered = progress.withLock { $0.answered }
            if answered.count >= stop { kills += 1 } else { #expect(server.stop() == 0) }
            try expectWhole(answered: answered)
        }
        #expect(kills >= 4)
    }

    /// - Returns: The status; nil where there is no answer.
    private func enroll(_ number: Int, _ server: ServerProcess) throws -> Int? {
        let connection = try RawConnection(port: server.port)
        let photo = try testImage(number).pngData()
        let body =
            Array("--b7\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n".utf8) + photo
            + Array("\r\n--b7--\r\n".utf8)
        connection.send(
            """
            POST /api/v1/recognition/faces?subject=p\(number) HTTP/1.1\r
            Host: door\r
            x-api-key: \(server.key)\r
            Content-Type: multipart/form-data; boundary=b7\r
            Content-Length: \(body.count)\r
            \r

            """)
        connection.send(body)
        return try connection.answer()?.status
    }

    private func expectWhole(answered: Set<Int>) throws {
        let gallery = try Gallery(at: setup.tool.gallery)
        let people = try gallery.people()
        #expect(people.allSatisfy { $0.templateCount == 1 }, "somebody is half-written")
        #expect(Set(answered.map { "p\($0)" }).subtracting(people.map(\.name)).isEmpty, "somebody answered is missing")
        #expect(try setup.galleryIntegrity() == "ok")
        let added = try gallery.events(EventFilter(kinds: [.templateAdded], limit: 1_000))
        #expect(Set(added.compactMap(\.person)) == Set(people.map(\.name)), "the log says something else")
        #expect(try gallery.verifyLog().count >= people.count)
    }
}
