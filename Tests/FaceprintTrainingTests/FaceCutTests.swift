import Faceprint
import FaceprintFiles
import FaceprintImaging
import Foundation
import TestSupport
import Testing

@testable import FaceprintTraining

@Suite struct FaceCutTests {
    private let folder = try! TemporaryFolder()

    /// Always finds one face at the same place.
    private struct FixedDetector: FaceDetector {
        let face: Face
        func detect(in photos: [Image]) -> [[Face]] { photos.map { _ in [face] } }
    }

    private static let face = Face(
        box: Box(x: 60, y: 50, width: 80, height: 100),
        landmarks: Landmarks.arcFace.map { Point(x: 50 + 0.9 * $0.x + 0.1 * $0.y, y: 45 - 0.1 * $0.x + 0.9 * $0.y) },
        score: 0.9)

    private func photo(_ number: Int) throws -> LabelledPhoto {
        let path = folder.path("\(number).png")
        try Data(try testImage(number, side: 220).pngData()).write(to: URL(fileURLWithPath: path))
        return LabelledPhoto(path: path, person: "someone")
    }

    private func cache(_ alignment: Alignment = .arcFaceTight, side: Int = 64) throws -> FaceCutCache {
        try FaceCutCache(
            folder: folder.path("faces"), cut: FaceCut(alignment: alignment, width: side, height: side),
            detector: FixedDetector(face: Self.face))
    }

    /// What a network sees in training is what it sees when it recognises.
    @Test(arguments: Alignment.allCases) func `The inner part is the aligned face`(alignment: Alignment) throws {
        let cache = try cache(alignment)
        let photo = try photo(1)
        let entry = try #require(try cache.entries(for: [photo]).first).get()
        let aligned = try testImage(1, side: 220).aligned(to: Self.face, as: alignment, width: 64, height: 64)
        let inner = cache.cut.inner(of: try cache.image(entry))
        #expect((inner.width, inner.height) == (64, 64))
        let apart = zip(inner.pixels, aligned.pixels).map { abs(Int($0) - Int($1)) }
        #expect(apart.max()! <= 1)
    }

    @Test func `A photo is cut once, wherever it moves`() throws {
        let cache = try cache()
        let first = try cache.entries(for: [try photo(1)])[0].get()
        // What is found again is what lies there, not made anew.
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path("faces")).filter {
            $0.hasSuffix(".rgb")
        }
        let file = URL(fileURLWithPath: folder.path("faces/\(try #require(files.first))"))
        let marked = Data(repeating: 77, count: try Data(contentsOf: file).count)
        try marked.write(to: file)
        let moved = folder.path("moved.png")
        try FileManager.default.moveItem(atPath: folder.path("1.png"), toPath: moved)
        let second = try cache.entries(for: [LabelledPhoto(path: moved, person: "someone")])[0].get()
        #expect(second == first)
        #expect(try cache.image(second).pixels.allSatisfy { $0 == 77 })

        // A part of one, as a crash might leave it, is.
        try marked.prefix(100).write(to: file)
        let third = try cache.entries(for: [LabelledPhoto(path: moved, person: "someone")])[0].get()
        #expect(try cache.image(third).pixels.contains { $0 != 77 })
    }

    @Test func `Each way of cutting has its own`() throws {
        let photo = try photo(1)
        let caches = [try cache(.arcFace), try cache(.arcFaceTight), try cache(.arcFaceTight, side: 48)]
        let images = try caches.map { cache in try cache.image(try cache.entries(for: [photo])[0].get()) }
        #expect(Set(images.map(\.pixels)).count == 3)
    }

    @Test func `A damaged photo is told, and the others are cut`() throws {
        let damaged = folder.path("damaged.jpg")
        try Data([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]).write(to: URL(fileURLWithPath: damaged))
        let photos = [try photo(1), LabelledPhoto(path: damaged, person: "someone"), try photo(2)]
        var done = 0
        let results = try cache().entries(for: photos) { done += $0 }
        #expect(done == 3)
        #expect(throws: Never.self) { _ = (try results[0].get(), try results[2].get()) }
        #expect(throws: ImagingError.self) { try results[1].get() }
    }

    @Test func `A folder that can't be written to ends the run`() throws {
        let cache = try cache()
        let photo = try photo(1)
        let way = try #require(FileManager.default.contentsOfDirectory(atPath: folder.path("faces")).first)
        try FileManager.default.removeItem(atPath: folder.path("faces/\(way)"))
        #expect(throws: FileError.self) { try cache.entries(for: [photo]) }
    }
}
