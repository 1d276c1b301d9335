import Faceprint
import FaceprintGallery
import Foundation
import TestSupport

/// A template whose embedding, photo and id follow from its number.
func stressTemplate(_ number: Int) throws -> Template {
    var random = SeededRandom(seed: UInt64(number))
    let space = EmbeddingSpace(model: "stress", modelSHA256: String(repeating: "5c", count: 32), profile: "none")
    let digits = String(number, radix: 16)
    return Template(
        embedding: try Embedding(normalizing: random.vector(32), space: space),
        photoSHA256: String(repeating: "0", count: 64 - digits.count) + digits, id: stressID(number),
        thumbnail: [0xFF, 0xD8, 0xFF] + [UInt8](repeating: UInt8(number % 251), count: 500))
}

func stressID(_ number: Int) -> UUID {
    UUID(uuid: withUnsafeBytes(of: (0, number.bigEndian)) { $0.loadUnaligned(as: uuid_t.self) })
}

func stressNumber(_ id: UUID) -> Int {
    withUnsafeBytes(of: id.uuid) { Int(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: Int.self)) }
}
