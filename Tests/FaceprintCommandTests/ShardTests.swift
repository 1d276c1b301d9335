import FaceprintGallery
import Foundation
import TestSupport
import Testing

@testable import FaceprintCommand

@Suite struct ShardTests {
    private func shards(_ count: Int) throws -> [Shard] { try (1...count).map { try Shard(parsing: "\($0)/\(count)") } }

    @Test(arguments: [1, 2, 3, 16, 97])
    func everybodyIsInOnePart(count: Int) throws {
        let shards = try shards(count)
        var sizes = [Int](repeating: 0, count: count)
        for number in 0..<2000 {
            let takers = shards.indices.filter { shards[$0].takes("person \(number)") }
            try #require(takers.count == 1)
            sizes[takers[0]] += 1
        }
        // Of 2000 thrown at random into so many parts, none is empty and none far too full.
        #expect(sizes.allSatisfy { $0 > 0 && $0 < 4 * 2000 / count + 1 })
    }

    @Test func thePartsStayTheSame() throws {
        let shards = try shards(16)
        let parts = ["ann", "Younès", "Γιάννης", "person 7"].map { name in shards.first { $0.takes(name) }?.number }
        #expect(parts == [15, 3, 4, 14])
    }

    @Test func spellingsOfOnePersonAreInOnePart() throws {
        for shard in try shards(50) {
            #expect(shard.takes("Younès") == shard.takes("YOUNE\u{300}S"))
            #expect(shard.takes("ann") == shard.takes(" Ann "))
        }
    }

    @Test(arguments: ["", "3", "0/4", "5/4", "1/0", "-1/4", "1/4/2", "a/b", "1/", "/4", "1/100001"])
    func onlyPartsThatThereAre(text: String) {
        #expect(throws: UsageError.self) { try Shard(parsing: text) }
    }

    @Test func allPartsTogetherAreTheFolder() throws {
        let setup = try TinySetup()
        for number in 0..<40 { _ = try setup.photo(number, name: "people/p\(number / 2)/\(number).png") }
        _ = try setup.photo(40, name: "people/single.png")
        let folder = setup.tool.folder.path("people")
        var enrolled = 0
        for part in [3, 1, 2, 1, 3] {
            let run = try setup.enroll("--folder", folder, "--shard", "\(part)/3")
            #expect(run.status == 0)
            enrolled += run.output.split(separator: "\n").count { $0.contains(": enrolled ") }
        }
        #expect(enrolled == 41)
        let people = try Gallery(at: setup.tool.gallery).people()
        #expect(people.count == 21)
        #expect(people.allSatisfy { $0.templateCount == ($0.name == "single" ? 1 : 2) })
    }

    @Test func aPartMayBeEmpty() throws {
        let setup = try TinySetup()
        _ = try setup.photo(1, name: "people/ann.png")
        let folder = setup.tool.folder.path("people")
        let outputs = try (1...2).map { try setup.enroll("--folder", folder, "--shard", "\($0)/2") }
        #expect(outputs.allSatisfy { $0.status == 0 })
        #expect(
            Set(outputs.map { $0.output.split(separator: "\n").last }) == [
                "1 people, 1 photos; 0 refused", "0 people, 0 photos; 0 refused",
            ])
        #expect(try setup.enroll("ann", folder + "/ann.png", "--shard", "1/2").status == 2)
    }
}
