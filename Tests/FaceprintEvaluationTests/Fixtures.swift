import Faceprint
import FaceprintEvaluation
import Foundation
import TestSupport

let space = EmbeddingSpace(model: "test", modelSHA256: "00", profile: "none")

/// The embedding at an angle on the unit circle; two of them are 2·sin(difference / 2) apart.
func at(_ degrees: Double, in space: EmbeddingSpace = space) throws -> Embedding {
    let angle = degrees * .pi / 180
    return try Embedding(normalizing: [Float(cos(angle)), Float(sin(angle))], space: space)
}

func isNear(_ a: Double, _ b: Double, within tolerance: Double = 1e-9) -> Bool { abs(a - b) <= tolerance }

func rates(genuine: [Float], impostor: [Float]) throws -> ErrorRates {
    try ErrorRates(genuine: DistanceCounts(genuine), impostor: DistanceCounts(impostor))
}

func measured(_ distance: Float, genuine: Bool, fold: Int) -> MeasuredPair {
    MeasuredPair(pair: Pair(first: "a", second: "b", isGenuine: genuine, fold: fold), distance: distance)
}

/// People around random centres on the sphere, the same in each run: photos of one person are `spread` off it.
struct SyntheticPeople {
    var embeddings: [Embedding?] = []
    var identities: [String] = []

    init(people: Int, photosOfEach: Int, spread: Float, dimension: Int = 16, seed: UInt64 = 1) throws {
        var random = SeededRandom(seed: seed)
        for person in 0..<people {
            let centre = random.vector(dimension)
            for _ in 0..<photosOfEach {
                let photo = zip(centre, random.vector(dimension, scale: spread)).map { $0 + $1 }
                embeddings.append(try Embedding(normalizing: photo, space: space))
                identities.append("person \(person)")
            }
        }
    }
}
