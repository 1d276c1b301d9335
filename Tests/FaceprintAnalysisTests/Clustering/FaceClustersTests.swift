import Faceprint
import FaceprintAnalysis
import Foundation
import TestSupport
import Testing

@Suite struct FaceClustersTests {
    private let folder = try! TemporaryFolder()
    private let space = EmbeddingSpace(model: "test", modelSHA256: "00", profile: "none")

    private func clusters(named name: String? = "Ann") throws -> FaceClusters {
        let faces = try (0..<3).map { i in
            FaceClusters.Face(
                photo: "\(i).jpg", photoSHA256: String(repeating: "\(i)", count: 64),
                box: Box(x: 1, y: 2, width: 3, height: 4), quality: 80, thumbnail: [1, 2, 3],
                embedding: try Embedding(normalizing: [Float(i + 1), 2, 3], space: space))
        }
        return FaceClusters(
            of: faces, space: space, method: .agglomerative, threshold: 1,
            clusters: [.init(name: name, faces: [0, 2]), .init(name: nil, faces: [1])])
    }

    private func read(_ text: Data) throws -> FaceClusters {
        let path = folder.path("faces.json")
        try text.write(to: URL(fileURLWithPath: path))
        return try FaceClusters(contentsOf: path)
    }

    @Test func aFileGivesBackWhatWasWritten() throws {
        let clusters = try clusters()
        let found = try read(clusters.json())
        #expect(found == clusters)
        let embedding = try Embedding(normalizing: [2, 2, 3], space: space)
        for (a, b) in zip(try found.embedding(of: 1).values, embedding.values) { #expect(abs(a - b) < 1e-7) }
    }

    /// What is done to a file, and a part of what is said of it.
    private static let damages: [(String, @Sendable (inout [String: Any]) -> Void)] = [
        ("version 9", { $0["version"] = 9 }),
        ("the face 3", { $0["clusters"] = [["faces": [0, 3]]] }),
        ("the face -1", { $0["clusters"] = [["faces": [-1]]] }),
        ("face 1 is in two clusters", { $0["clusters"] = [["faces": [1]], ["faces": [1]]] }),
        ("face 1 is in two clusters", { $0["clusters"] = [["faces": [1, 1]]] }),
        ("face 1 has no embedding like the others", { damage(&$0, Data([0, 0, 128, 63])) }),
        ("face 1 has no embedding like the others", { damage(&$0, Data(repeating: 0, count: 12)) }),
        ("face 1 has no embedding like the others", { damage(&$0, Data(repeating: 255, count: 12)) }),
        ("isn't what", { $0["faces"] = 3 }),
        ("isn't what", { $0["space"] = nil }),
    ]

    private static func damage(_ file: inout [String: Any], _ embedding: Data) {
        var faces = file["faces"] as! [[String: Any]]
        faces[1]["embedding"] = embedding.base64EncodedString()
        file["faces"] = faces
    }

    @Test(arguments: damages.indices) func damageIsSaid(number: Int) throws {
        let (message, damage) = Self.damages[number]
        var file = try #require(try JSONSerialization.jsonObject(with: clusters().json()) as? [String: Any])
        damage(&file)
        let error = #expect(throws: AnalysisError.self) {
            try read(try JSONSerialization.data(withJSONObject: file))
        }
        #expect("\(try #require(error))".contains(message))
    }

    @Test func whatIsNoFileOfClustersIsSaid() throws {
        for text in ["", "{", "[1, 2]", "no JSON", String(repeating: "[", count: 100_000)] {
            #expect(throws: AnalysisError.self) { try read(Data(text.utf8)) }
        }
        #expect(throws: AnalysisError.self) { try FaceClusters(contentsOf: folder.path("none.json")) }
    }

    @Test func namesStayInertOnThePage() throws {
        let page = try ClusterPage(try clusters(named: "</script><script>alert(1)</script><!--")).html
        #expect(!page.contains("alert(1)</script>") && !page.contains("<!--"))
        #expect(page.contains("alert(1)\\u003C"))
    }
}
