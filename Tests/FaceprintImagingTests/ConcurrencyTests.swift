import Faceprint
import FaceprintImaging
import Testing

@Suite struct ConcurrencyTests {
    @Test func threadsDecodeAtOnceAndEachFailureHasItsOwnReason() async throws {
        let suffixes = [".jpg", ".png", ".webp", ".tif"]
        let photos = try suffixes.map { try encodedPhoto(width: 64, height: 64, as: $0) }
        let damaged = photos.map { Array($0.dropLast($0.count / 3)) }
        let images = try photos.map { try Image(decoding: $0, name: "whole") }
        let errors = damaged.map { decodingError($0, name: "cut") }
        #expect(Set(errors.map { "\($0!)" }).count > 1, "the reasons are all the same")
        await withTaskGroup(of: Void.self) { group in
            for i in 0..<160 {
                group.addTask {
                    let kind = i / 2 % photos.count
                    if i.isMultiple(of: 2) {
                        #expect((try? Image(decoding: photos[kind], name: "whole")) == images[kind])
                    } else {
                        #expect(decodingError(damaged[kind], name: "cut") == errors[kind])
                    }
                }
            }
        }
    }
}
