import Foundation
import TestSupport
import Testing

@testable import FaceprintCommand

@Suite struct ProgressBarTests {
    @Test func theLineHasRateAndTimeLeft() {
        var bar = ProgressBar("photos", of: 1200)
        bar.advance(by: 300)
        #expect(bar.line(seconds: 10) == "██████·················· 300 of 1200 photos, 30 a second, 30 s left")
        #expect(bar.line(seconds: 120).hasSuffix("300 of 1200 photos, 2.5 a second, 6 min 0 s left"))
        #expect(bar.line(seconds: 3000).hasSuffix(", 0.1 a second, 2 h 30 min left"))
        #expect(bar.line(seconds: 0).hasSuffix(", 0.0 a second, 0 s left"))
        bar.advance(by: 900)
        #expect(bar.line(seconds: 40) == "████████████████████████ 1200 of 1200 photos, 30 a second, 0 s left")
    }

    @Test func aTotalMayBeAnything() {
        var bar = ProgressBar("templates", of: .max)
        bar.advance()
        #expect(bar.line(seconds: 1e6).hasSuffix(", 0.0 a second, 277777777777 h 46 min left"))
        bar = ProgressBar("templates", of: 2)
        bar.advance(by: 3)
        #expect(bar.line(seconds: 1) == "████████████████████████ 3 of 2 templates, 3.0 a second, 0 s left")
    }

    @Test func theRateIsThatOfLately() {
        var bar = ProgressBar("photos", of: 20_000)
        // What was enrolled before is passed over fast.
        bar.note(10_000, seconds: 30)
        bar.note(3_000, seconds: 60)
        #expect(bar.line(seconds: 60).hasSuffix(" 13000 of 20000 photos, 100 a second, 1 min 10 s left"))
        bar.note(3_000, seconds: 90)
        #expect(bar.line(seconds: 90).hasSuffix(" 16000 of 20000 photos, 100 a second, 40 s left"))
    }

    /// Runs an evaluation of three photos with its errors on a terminal, or in a pipe.
    private func errors(onTerminal: Bool) throws -> String {
        let setup = try TinySetup()
        for (number, name) in [(1, "a/1.png"), (1, "a/2.png"), (2, "b/1.png")] {
            _ = try setup.photo(number, name: "people/\(name)")
        }
        let words = ["evaluate", "folder", setup.tool.folder.path("people"), "--model", "tiny"]
        var (master, slave): (CInt, CInt) = (-1, -1)
        try #require(openpty(&master, &slave, nil, nil, nil) == 0)
        let terminal = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
        let pipe = Pipe()
        let process = try setup.tool.start(
            words, output: FileHandle.nullDevice, errors: onTerminal ? terminal : pipe.fileHandleForWriting)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        guard onTerminal else {
            close(master)
            try pipe.fileHandleForWriting.close()
            return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(master, &bytes, bytes.count)
        close(master)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    @Test func aTerminalHasIt() throws {
        let shown = try errors(onTerminal: true)
        #expect(shown.contains("3 of 3 photos, "))
        // It is taken away in the end.
        #expect(shown.hasSuffix("\r\u{1B}[K"))
    }

    @Test func aPipeHasNone() throws { #expect(try errors(onTerminal: false) == "") }
}
