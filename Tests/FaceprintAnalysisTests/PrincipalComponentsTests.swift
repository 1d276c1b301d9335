import Faceprint
import FaceprintAnalysis
import Foundation
import TestSupport
import Testing

struct PrincipalComponentsTests {
    private struct Reference: Decodable {
        let components: [[Float]]
        let explained: [Double]
        let coordinates: [[Float]]
    }

    @Test(.needs(.test)) func asNumPyBySingularValues() throws {
        let vectors = clusters(of: 20, around: unitMiddles(4, length: 24), spread: 0.4)
        let folder = try TemporaryFolder()
        try JSONEncoder().encode(vectors).write(to: folder.url.appending(path: "vectors.json"))
        let script = """
            import json, sys, numpy
            x = numpy.array(json.load(open(sys.argv[1])))
            x = x - x.mean(axis=0)
            u, s, v = numpy.linalg.svd(x, full_matrices=False)
            v = v[:3] * numpy.sign(v[:3][numpy.arange(3), numpy.abs(v[:3]).argmax(axis=1)])[:, None]
            print(json.dumps(dict(components=v.tolist(), explained=(s**2 / (s**2).sum())[:3].tolist(),
                                  coordinates=(x @ v.T).tolist())))
            """
        let reference = try JSONDecoder().decode(
            Reference.self, from: try PythonEnvironment.test.run(script, [folder.path("vectors.json")]))
        let found = try PrincipalComponents(of: vectors, count: 3)
        for (component, expected) in zip(found.components, reference.components) {
            #expect(zip(component, expected).allSatisfy { abs($0 - $1) < 1e-4 })
        }
        #expect(zip(found.explainedVariance, reference.explained).allSatisfy { abs($0 - $1) < 1e-6 })
        for (vector, expected) in zip(vectors, reference.coordinates) {
            #expect(zip(found.coordinates(of: vector), expected).allSatisfy { abs($0 - $1) < 1e-4 })
        }
    }

    @Test func aLineHasOneDirection() throws {
        let found = try PrincipalComponents(of: [[0, 0, 1], [3, -4, 1], [6, -8, 1]])
        // The number of largest size is positive.
        #expect(zip(found.components[0], [-0.6, 0.8, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(abs(found.explainedVariance[0] - 1) < 1e-12 && found.explainedVariance[1] < 1e-12)
        #expect(found.mean == [3, -4, 1])
        #expect(abs(found.coordinates(of: [6, -8, 1])[0] + 5) < 1e-5)
    }

    @Test func whereNothingDiffersNothingIsExplained() throws {
        for vectors in [[[1, 2, 3]], [[1, 2, 3], [1, 2, 3]]] as [[[Float]]] {
            let found = try PrincipalComponents(of: vectors)
            #expect(found.explainedVariance == [0, 0])
            #expect(found.coordinates(of: vectors[0]) == [0, 0])
        }
        #expect(try PrincipalComponents(of: [[1], [2]]).components == [[1]])
    }

    @Test func whatHasNoComponents() {
        #expect(throws: AnalysisError.nothingToShow(what: "vectors")) { try PrincipalComponents(of: []) }
        #expect(throws: AnalysisError.badVector(place: 1, reason: "has 1 numbers, the first one 2")) {
            try PrincipalComponents(of: [[1, 2], [1]])
        }
        #expect(throws: AnalysisError.badVector(place: 0, reason: "is empty")) { try PrincipalComponents(of: [[]]) }
        #expect(throws: AnalysisError.badVector(place: 1, reason: "holds a number that isn't finite")) {
            try PrincipalComponents(of: [[1, 2], [1, .nan]])
        }
        #expect(throws: AnalysisError.tooMany(what: "numbers a vector", found: 5000, limit: 4096)) {
            try PrincipalComponents(of: [[Float](repeating: 0, count: 5000)])
        }
    }
}
