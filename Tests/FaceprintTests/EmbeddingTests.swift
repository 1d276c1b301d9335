import Faceprint
import TestSupport
import Testing

extension EmbeddingSpace {
    /// A space of the tests' own.
    static func made(by model: String, profile: String = "standardized") -> EmbeddingSpace {
        EmbeddingSpace(model: model, modelSHA256: String(repeating: "0", count: 64), profile: profile)
    }
}

@Suite("Embedding")
struct EmbeddingTests {
    private let space = EmbeddingSpace.made(by: "a")

    @Test func `It has the direction of the output and unit length`() throws {
        #expect(try Embedding(normalizing: [3, -4], space: space).values == [0.6, -0.8])
        var random = SeededRandom(seed: 1)
        for scale: Float in [1e-30, 1e-3, 1, 1e30] {
            let values = try Embedding(normalizing: random.vector(128, scale: scale), space: space).values
            let length = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
            #expect(abs(length - 1) < 1e-6, "at scale \(scale)")
        }
    }

    @Test(
        arguments: [
            ([], "it is empty"),
            ([0, 0, -0.0], "all its numbers are zero"),
            ([1, .nan], "it holds a number that is not finite"),
            ([.infinity, 1], "it holds a number that is not finite"),
            ([1, -.infinity], "it holds a number that is not finite"),
        ] as [([Float], String)])
    func `What has no direction is refused`(output: [Float], reason: String) {
        #expect(throws: FaceprintError.notAnEmbedding(reason: reason)) {
            try Embedding(normalizing: output, space: space)
        }
    }

    @Test func `A mean lies between, at unit length`() throws {
        let east = try Embedding(normalizing: [1, 0], space: space)
        let north = try Embedding(normalizing: [0, 1], space: space)
        let values = try Embedding(meanOf: [east, north, north]).values
        #expect(abs(values[0] - Float(1 / 5.0.squareRoot())) < 1e-6)
        #expect(abs(values[1] - Float(2 / 5.0.squareRoot())) < 1e-6)
        #expect(try Embedding(meanOf: [east]) == east)
        let west = try Embedding(normalizing: [-1, 0], space: space)
        #expect(throws: FaceprintError.notAnEmbedding(reason: "all its numbers are zero")) {
            try Embedding(meanOf: [east, west])
        }
        #expect(throws: FaceprintError.notAnEmbedding(reason: "it is the mean of none")) { try Embedding(meanOf: []) }
        let other = try Embedding(normalizing: [1, 0], space: .made(by: "b"))
        #expect(throws: FaceprintError.incomparable("\(space)", "\(other.space)")) {
            try Embedding(meanOf: [east, other])
        }
    }

    @Test func `Distances are those of geometry`() throws {
        let east = try Embedding(normalizing: [1, 0], space: space)
        let north = try Embedding(normalizing: [0, 1], space: space)
        let west = try Embedding(normalizing: [-1, 0], space: space)
        #expect(try euclideanDistance(east, east) == 0)
        #expect(try euclideanDistance(east, north) == Float(2).squareRoot())
        #expect(try euclideanDistance(east, west) == 2)
        #expect(try cosineDistance(east, east) == 0)
        #expect(try cosineDistance(east, north) == 1)
        #expect(try cosineDistance(east, west) == 2)
        #expect(squaredEuclideanDistance([1, 2, 3], [4, 6, 3]) == 25)
    }

    @Test func `The cosine distance is 1 − cos, and half the squared L2 distance`() throws {
        var random = SeededRandom(seed: 2)
        for _ in 0..<50 {
            let a = try Embedding(normalizing: random.vector(128), space: space)
            let b = try Embedding(normalizing: random.vector(128), space: space)
            let cosine = zip(a.values, b.values).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            let distance = try euclideanDistance(a, b)
            #expect(try abs(Double(cosineDistance(a, b)) - (1 - cosine)) < 1e-6)
            #expect(try abs(cosineDistance(a, b) - distance * distance / 2) < 1e-6)
            #expect(try distance == euclideanDistance(b, a))
        }
    }

    @Test(arguments: [
        EmbeddingSpace.made(by: "b"), .made(by: "a", profile: "assignment"),
        EmbeddingSpace(model: "a", modelSHA256: String(repeating: "1", count: 64), profile: "standardized"),
    ])
    func `Embeddings of another model, file or profile are not comparable`(other: EmbeddingSpace) throws {
        let mine = try Embedding(normalizing: [1, 0], space: space)
        let foreign = try Embedding(normalizing: [1, 0], space: other)
        let refusal = FaceprintError.incomparable("\(space)", "\(other)")
        #expect(throws: refusal) { try euclideanDistance(mine, foreign) }
        #expect(throws: refusal) { try cosineDistance(mine, foreign) }
    }

    @Test func `Embeddings of another length are not comparable`() throws {
        let two = try Embedding(normalizing: [1, 0], space: space)
        let three = try Embedding(normalizing: [1, 0, 0], space: space)
        #expect(throws: FaceprintError.incomparable("2 numbers", "3 numbers")) { try euclideanDistance(two, three) }
        #expect(throws: FaceprintError.incomparable("3 numbers", "2 numbers")) { try cosineDistance(three, two) }
    }
}
