import Faceprint
import Foundation
import TestSupport
import Testing

@testable import FaceprintAnalysis

@Suite struct FaceClassifierTests {
    private let folder = try! TemporaryFolder()
    private let space = EmbeddingSpace(model: "test", modelSHA256: "00", profile: "none")

    /// Photos of people around random directions, one person after another; the same in each run.
    private func photos(
        people: Int, of each: Int, spread: Float, seed: UInt64 = 2
    ) throws -> (embeddings: [Embedding], people: [String]) {
        var random = SeededRandom(seed: 1)
        let middles = (0..<people).map { _ in random.vector(12) }
        let rows = clusters(of: each, around: middles, spread: spread, seed: seed)
        return (
            try rows.map { try Embedding(normalizing: $0, space: space) },
            rows.indices.map { "person \($0 / each)" }
        )
    }

    private func classifier(
        _ method: ClassifierMethod, people: Int = 4, spread: Float = 1, threshold: Float = 2
    ) throws -> FaceClassifier {
        let known = try photos(people: people, of: 9, spread: spread)
        return try FaceClassifier(
            training: known.embeddings, people: known.people,
            settings: ClassifierSettings(method: method, neighbours: 7, threshold: threshold))
    }

    @Test(.needs(.test), arguments: [2, 4, 9])
    func planesAndPeopleAreThoseOfScikitLearn(people: Int) throws {
        let machine = try classifier(.svm, people: people)
        let votes = try classifier(.knn, people: people)
        let probes = try photos(people: people, of: 25, spread: 1.4, seed: 8).embeddings
        let input = try JSONSerialization.data(withJSONObject: [
            "rows": machine.rows.map { $0.map(Double.init) }, "labels": machine.labels,
            "probes": probes.map { $0.values.map(Double.init) },
        ])
        let path = folder.path("input.json")
        try input.write(to: URL(fileURLWithPath: path))
        let script = """
            import json, sys, numpy
            from sklearn.neighbors import KNeighborsClassifier
            from sklearn.svm import SVC
            data = json.load(open(sys.argv[1]))
            rows, labels, probes = (numpy.array(data[name]) for name in ("rows", "labels", "probes"))
            svm = SVC(kernel="linear", C=1, decision_function_shape="ovo").fit(rows, labels)
            planes = svm.decision_function(probes).reshape(len(probes), -1)
            if planes.shape[1] == 1: planes = -planes  # Of two classes scikit-learn turns the sign.
            knn = KNeighborsClassifier(7).fit(rows, labels)
            print(json.dumps([planes.tolist(), svm.predict(probes).tolist(), knn.predict_proba(probes).tolist()]))
            """
        let output = try PythonEnvironment.test.run(script, [path])
        let reference = try #require(try JSONSerialization.jsonObject(with: output) as? [Any])
        let planes = try #require(reference[0] as? [[Double]])
        let chosen = try #require(reference[1] as? [Int])
        let shares = try #require(reference[2] as? [[Double]])
        let model = SupportVectorModel(try #require(machine.machine), rows: machine.rows)
        for (i, probe) in probes.enumerated() {
            // Both stop training at a tolerance of 1e-3.
            for (ours, theirs) in zip(model.distances(of: probe.values), planes[i]) {
                #expect(abs(ours - theirs) < 5e-3, "\(ours) \(theirs)")
            }
            #expect(try machine.classify(probe).person == machine.people[chosen[i]])
            let answer = try votes.classify(probe)
            #expect(votes.people.map { answer.probabilities[$0] } == shares[i])
            #expect(answer.probability == shares[i].max())
        }
        // The probes are hard enough to tell a wrong classifier.
        #expect(zip(chosen, probes.indices).contains { $0 != $1 / 25 })
    }

    @Test(arguments: ClassifierMethod.allCases)
    func probabilitiesSumToOneAndFavourThePerson(method: ClassifierMethod) throws {
        let classifier = try classifier(method, spread: 0.3)
        let probes = try photos(people: 4, of: 6, spread: 0.3, seed: 7)
        for (probe, person) in zip(probes.embeddings, probes.people) {
            let answer = try classifier.classify(probe)
            #expect(answer.match == person && answer.nearestMatch == person)
            #expect(abs(answer.probabilities.values.reduce(0, +) - 1) < 1e-9)
            #expect(answer.probability == answer.probabilities.values.max())
        }
        #expect(classifier.people == (0..<4).map { "person \($0)" })
    }

    @Test(arguments: ClassifierMethod.allCases)
    func strangersAreRejectedByDistance(method: ClassifierMethod) throws {
        var classifier = try classifier(method, people: 3, spread: 0.2, threshold: 0.5)
        var random = SeededRandom(seed: 99)
        let strangers = try (0..<50).map { _ in try Embedding(normalizing: random.vector(12), space: space) }
        #expect(try strangers.allSatisfy { try classifier.classify($0).match == nil })
        // Chosen is somebody nevertheless, and the distance is to that person.
        for stranger in strangers {
            let answer = try classifier.classify(stranger)
            let own = try zip(classifier.rows, classifier.labels)
                .filter { classifier.people[$0.1] == answer.person }
                .map { try euclideanDistance(try Embedding(normalizing: $0.0, space: space), stranger) }
            #expect(abs(answer.distance - (own.min() ?? 9)) < 1e-5)
        }
        classifier.threshold = 2
        #expect(try strangers.allSatisfy { try classifier.classify($0).match != nil })
    }

    @Test(arguments: ClassifierMethod.allCases)
    func aFileGivesTheSameAnswers(method: ClassifierMethod) throws {
        let classifier = try classifier(method)
        let path = folder.path("a.classifier")
        try classifier.json().write(to: URL(fileURLWithPath: path))
        let read = try FaceClassifier(contentsOf: path)
        for probe in try photos(people: 4, of: 10, spread: 1.4, seed: 5).embeddings {
            #expect(try read.classify(probe) == classifier.classify(probe))
        }
        #expect(read.json() == classifier.json())
        // Learnt again, it is the same.
        #expect(try self.classifier(method).json() == classifier.json())
    }

    /// What is done to a file of a support vector machine.
    private static let damages: [@Sendable (inout [String: Any]) -> Void] = [
        { $0["version"] = 2 }, { $0["people"] = ["a"] }, { $0["people"] = ["a", "a", "b", "c"] },
        { $0["labels"] = [0, 1, 2, 3] }, { $0["embeddings"] = ["AACAPw=="] }, { $0["machine"] = nil },
        { damage(&$0) { $0["classes"] = [0, 1, 2, 9] } }, { damage(&$0) { $0["classes"] = [0, 0, 1, 2] } },
        { damage(&$0) { $0["counts"] = [1, 1, 1, 1] } }, { damage(&$0) { $0["counts"] = [-1, 1, 1, 1] } },
        { damage(&$0) { $0["supports"] = [999] } }, { damage(&$0) { $0["coefficients"] = [[1.0]] } },
        { damage(&$0) { $0["offsets"] = [1.0] } }, { damage(&$0) { $0["slopes"] = [Double]() } },
        { $0["settings"] = ["method": "svm", "cost": -1, "neighbours": 5, "threshold": 1] },
        { $0["settings"] = ["method": "svm", "cost": 1, "neighbours": 0, "threshold": 1] },
        { $0["settings"] = ["method": "svm", "cost": 1, "neighbours": 5, "threshold": 7] },
    ]

    private static func damage(_ file: inout [String: Any], _ change: (inout [String: Any]) -> Void) {
        var machine = file["machine"] as! [String: Any]
        change(&machine)
        file["machine"] = machine
    }

    @Test(arguments: damages.indices) func damageIsRefused(number: Int) throws {
        var file = try #require(
            try JSONSerialization.jsonObject(with: classifier(.svm).json()) as? [String: Any])
        Self.damages[number](&file)
        let path = folder.path("\(number).classifier")
        try JSONSerialization.data(withJSONObject: file).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: AnalysisError.self) { try FaceClassifier(contentsOf: path) }
        #expect("\(try #require(error))".contains("holds no classifier"))
    }

    @Test func whatCantBeLearntIsSaid() throws {
        let known = try photos(people: 2, of: 3, spread: 0.1)
        let settings = ClassifierSettings(threshold: 1)
        #expect(throws: AnalysisError.tooFewPeople(found: 1)) {
            try FaceClassifier(
                training: Array(known.embeddings.prefix(3)), people: ["a", "a", "a"], settings: settings)
        }
        #expect(throws: AnalysisError.tooFewPeople(found: 0)) {
            try FaceClassifier(training: [], people: [], settings: settings)
        }
        let other = try Embedding(
            normalizing: known.embeddings[0].values, space: EmbeddingSpace(model: "o", modelSHA256: "", profile: ""))
        #expect(throws: AnalysisError.self) {
            try FaceClassifier(training: [known.embeddings[0], other], people: ["a", "b"], settings: settings)
        }
        let classifier = try FaceClassifier(
            training: known.embeddings, people: known.people, settings: settings)
        #expect(throws: AnalysisError.self) { try classifier.classify(other) }
    }

    @Test(arguments: ClassifierMethod.allCases)
    func crossValidationAsksForEachPhotoOnce(method: ClassifierMethod) throws {
        let known = try photos(people: 5, of: 6, spread: 0.2)
        let settings = ClassifierSettings(method: method, neighbours: 3, threshold: 0.6)
        // Somebody with a single photo is learnt and never asked for.
        var random = SeededRandom(seed: 4)
        let single = try Embedding(normalizing: random.vector(12), space: space)
        let found = try CrossValidation(
            of: known.embeddings + [single], people: known.people + ["single"], settings: settings, folds: 4)
        #expect(found.classifier.photos == 30 && found.classifier.right == 30)
        #expect(found.nearestTemplate == found.classifier)
        // With names that mean nothing, nobody can be right much more often than by chance.
        let mixed = known.people.indices.map { known.people[($0 * 7) % 30] }
        let guessed = try CrossValidation(of: known.embeddings, people: mixed, settings: settings, folds: 4)
        #expect(guessed.classifier.accuracy < 0.5)
        #expect(throws: AnalysisError.self) {
            try CrossValidation(of: known.embeddings, people: known.people, settings: settings, folds: 1)
        }
    }
}
