import Faceprint
import FaceprintGallery
import Foundation

private let space = EmbeddingSpace(model: "simulated", modelSHA256: String(repeating: "5a", count: 32), profile: "none")

/// Enrolls people who are named by their number, one template each.
///
/// - Parameter arguments: The gallery's location, a file of templates (float32, row by row), the dimension.
func fillGallery(_ arguments: [String]) throws {
    guard arguments.count == 3, let dimension = Int(arguments[2]) else {
        fatalError("fill LOCATION TEMPLATES DIMENSION")
    }
    let gallery = try Gallery(at: arguments[0])
    // The index of many is made at once, by far faster than one by one.
    if Gallery.isServer(arguments[0]) { try gallery.removeServerSearch() }
    let numbers = try floats(in: arguments[1])
    let batch = 1000 * dimension
    for start in stride(from: 0, to: numbers.count, by: batch) {
        let entries = try stride(from: start, to: min(start + batch, numbers.count), by: dimension).map { place in
            let number = place / dimension
            let digits = String(number, radix: 16)
            let embedding = try Embedding(normalizing: Array(numbers[place..<(place + dimension)]), space: space)
            return (
                name: "\(number)",
                template: Template(
                    embedding: embedding, photoSHA256: String(repeating: "0", count: 64 - digits.count) + digits)
            )
        }
        for result in try gallery.enroll(entries) { _ = try result.get() }
    }
}

/// Serves the rounds of `gallery.py`, which names them: see there.
///
/// - Parameter arguments: The gallery's location, `float32`, `int8` or `hnsw`, a file of probes (float32, row by row), the
///   dimension, and how many people to find.
func benchmarkGallery(_ arguments: [String]) throws {
    guard arguments.count == 5, let dimension = Int(arguments[3]), let nearest = Int(arguments[4]) else {
        fatalError("gallery LOCATION SEARCH PROBES DIMENSION NEAREST")
    }
    let probes = try vectors(in: arguments[2], dimension: dimension).map {
        try Embedding(normalizing: $0, space: space)
    }
    let gallery = try Gallery(at: arguments[0])
    var search: any GallerySearch =
        SearchPrecision(rawValue: arguments[1]).map { GalleryIndex(gallery, precision: $0) } ?? GalleryIndex(gallery)

    while let line = readLine() {
        let words = line.split(separator: " ")
        let numbers = words.dropFirst().compactMap { Int($0) }
        var found: [[Candidate]] = []
        var bytes: Int?
        let start = ContinuousClock.now
        switch words.first {
        case "ready": break
        case "build":
            if arguments[1] == "hnsw" {
                let before = try gallery.statistics().bytes
                try gallery.makeServerSearch()
                bytes = try gallery.statistics().bytes - before
                search = try gallery.search(.hnsw(effort: SearchKind.standardEffort))
            } else {
                _ = try search.space()
                bytes = 0
            }
        case "width": search = try gallery.search(.hnsw(effort: numbers[0]))
        case "alone":
            found = try probes[numbers[0]...].prefix(numbers[1]).flatMap {
                try search.nearestPeople(to: [$0], count: nearest, nearestTemplates: 1, among: nil)
            }
        case "batch":
            found = try search.nearestPeople(
                to: Array(probes[numbers[0]...].prefix(numbers[1])), count: nearest, nearestTemplates: 1, among: nil)
        default: fatalError("“\(line)” is not a round")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let people = found.flatMap { $0.map(\.person) + Array(repeating: "-1", count: nearest - $0.count) }
        print(([String(seconds)] + (bytes.map { ["\($0)"] } ?? []) + people).joined(separator: " "))
        fflush(nil)
    }
}
