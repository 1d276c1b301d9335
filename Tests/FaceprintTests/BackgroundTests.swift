import Dispatch
import Testing

@testable import Faceprint

/// Work beside the caller's.
@Suite struct BackgroundTests {
    private struct Broken: Error {}
    private final class Library: Sendable {}

    @Test func itsValueOrErrorIsHandedOver() throws {
        #expect(try Background { 7 }.value() == 7)
        #expect(throws: Broken.self) { try Background<Int> { throw Broken() }.value() }
    }

    @Test func nothingOfItIsLeftWhenItIsLetGo() {
        for _ in 0..<1000 {
            weak var held: Library?
            weak var made: Library?
            do {
                let library = Library()
                let begun = DispatchSemaphore(value: 0)
                let work = Background {
                    begun.signal()
                    return (library, Library())
                }
                begun.wait()
                held = library
                made = try? work.value().1
            }
            #expect(held == nil)
            #expect(made == nil)
        }
    }

    @Test func whoLetsItGoWaitsForIt() {
        for _ in 0..<1000 {
            weak var held: Library?
            do {
                let library = Library()
                held = library
                _ = Background { withExtendedLifetime(library) {} }
            }
            #expect(held == nil)
        }
    }
}
