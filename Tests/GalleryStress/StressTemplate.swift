import Faceprint
import FaceprintGallery
import Foundation
import TestSupport

/// When each fifth template expires: long after any test.
let stressEnd = Date(timeIntervalSince1970: 4_102_444_800)

/// A template whose embedding, photo, id and end follow from its number.
func stressTemplate(_ number: Int) throws -> Template {
    var random = SeededRandom(seed: UInt64(number))
    let space = EmbeddingSpace(model: "stress", modelSHA256: String(repeating: "5c", count: 32), profile: "none")
    let digits = String(number, radix: 16)
    return Template(
        embedding: try Embedding(normalizing: random.vector(32), space: space),
        photoSHA256: String(repeating: "0", count: 64 - digits.count) + digits, id: stressID(number),
        thumbnail: [0xFF, 0xD8, 0xFF] + [UInt8](repeating: UInt8(number % 251), count: 500),
        expires: stressExpires(number) ? stressEnd : nil)
}

func stressExpires(_ number: Int) -> Bool { number.isMultiple(of: 5) }

func stressID(_ number: Int) -> UUID {
    UUID(uuid: withUnsafeBytes(of: (0, number.bigEndian)) { $0.loadUnaligned(as: uuid_t.self) })
}

func stressNumber(_ id: UUID) -> Int {
    withUnsafeBytes(of: id.uuid) { Int(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: Int.self)) }
}

/// Compares a person's templates with what was enrolled, byte by byte.
func checkTemplates(of person: String, in gallery: Gallery) throws {
    for template in try gallery.templates(of: person) {
        let original = try stressTemplate(stressNumber(template.id))
        guard
            template.embedding == original.embedding, template.photoSHA256 == original.photoSHA256,
            template.thumbnail == original.thumbnail, template.expires == original.expires
        else { throw StressFailure("the template \(template.id) is not what was enrolled") }
    }
}

struct StressFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
