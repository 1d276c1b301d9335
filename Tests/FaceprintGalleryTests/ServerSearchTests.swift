#if PostgreSQL
    import Faceprint
    import Foundation
    import TestSupport
    import Testing

    @testable import FaceprintGallery

    /// The search by the database, beside the one in memory.
    @Suite(.needsPostgres) struct ServerSearchTests {
        private let place = try! TestPlace(on: .postgres)
        private let kinds: [SearchKind] = [.server, .hnsw(effort: 200)]

        /// People with a few templates each that are somewhat alike.
        private func enroll(people: Int, each: Int, dimension: Int = 32, in gallery: Gallery) throws {
            var random = SeededRandom(seed: 7)
            var entries: [(name: String, template: Template)] = []
            for person in 0..<people {
                let centre = random.vector(dimension)
                for _ in 0..<each {
                    let values = zip(centre, random.vector(dimension, scale: 0.7)).map { $0 + $1 }
                    entries.append(("Person \(person)", try numbered(entries.count, values)))
                }
            }
            for result in try gallery.enroll(entries) { _ = try result.get() }
        }

        private func numbered(_ number: Int, _ values: [Float], expires: Date? = nil) throws -> Template {
            let digits = String(number, radix: 16)
            return Template(
                embedding: try Embedding(normalizing: values, space: facenet),
                photoSHA256: String(repeating: "0", count: 64 - digits.count) + digits, id: id(number),
                expires: expires)
        }

        private func probes(_ count: Int, dimension: Int = 32) throws -> [Embedding] {
            var random = SeededRandom(seed: 8)
            return try (0..<count).map { _ in
                try Embedding(normalizing: random.vector(dimension), space: facenet)
            }
        }

        @Test(arguments: [(1, 1), (5, 1), (3, 2), (3, 10), (1000, 1)])
        func findsWhomTheIndexFinds(_ wanted: Int, _ nearestTemplates: Int) throws {
            let gallery = try Gallery(at: place.location)
            try enroll(people: 300, each: 3, in: gallery)
            let index = try gallery.search(.exact)
            let probes = try probes(60)
            let expected = try index.nearestPeople(
                to: probes, count: wanted, nearestTemplates: nearestTemplates, among: nil)
            for kind in kinds {
                let found = try gallery.search(kind).nearestPeople(
                    to: probes, count: wanted, nearestTemplates: nearestTemplates, among: nil)
                var right = 0
                for (candidates, expected) in zip(found, expected) {
                    right += candidates.map(\.person) == expected.map(\.person) ? 1 : 0
                    for (one, other) in zip(candidates, expected) where one.person == other.person {
                        #expect(abs(one.distance - other.distance) < 1e-5)
                    }
                }
                #expect(right >= (kind == .server ? 60 : 59), "\(kind)")
            }
        }

        @Test func theGraphIsUsed() throws {
            let gallery = try Gallery(at: place.location)
            try enroll(people: 1000, each: 3, in: gallery)
            try execute("ANALYZE faceprint.template_vector", on: place.location)
            let client = try PostgresClient(place.location)
            try client.execute("SET plan_cache_mode = force_custom_plan")
            let probe = VectorTable.text(of: try probes(1)[0].values)
            func plan(_ sql: StaticString) throws -> String {
                let text = "\(sql)".replacing("?1", with: "'\(probe)'::text").replacing("?2", with: "10")
                    .replacing("?3", with: "0::bigint").replacing("?4", with: "NULL::text")
                return try client.execute("EXPLAIN (FORMAT JSON) \(text)") ?? ""
            }
            #expect(try plan(NearestVectors.hnsw).contains("template_vector_hnsw"))
            #expect(try !plan(NearestVectors.exact).contains("template_vector_hnsw"))
        }

        @Test func aFilterLosesNobody() throws {
            let gallery = try Gallery(at: place.location)
            try enroll(people: 1000, each: 2, in: gallery)
            for person in [3, 500, 999] { try gallery.setGroups(["Crew", "All"], of: "Person \(person)") }
            for kind in kinds {
                let search = try gallery.search(kind)
                for candidates in try search.nearestPeople(to: probes(20), count: 5, nearestTemplates: 1, among: "crew")
                {
                    #expect(Set(candidates.map(\.person)) == ["Person 3", "Person 500", "Person 999"])
                    #expect(candidates.map(\.distance) == candidates.map(\.distance).sorted())
                }
                #expect(
                    try search.nearestPeople(to: probes(1), count: 5, nearestTemplates: 1, among: "nobody")[0].isEmpty)
            }
        }

        @Test func followsTheGallery() throws {
            let gallery = try Gallery(at: place.location)
            func axis(_ number: Int) -> [Float] { (0..<32).map { $0 == number ? 1 : 0 } }
            try gallery.enroll("Ada", numbered(1, axis(0)))
            try gallery.enroll("Grace", numbered(2, axis(1)))
            try gallery.enroll("Zoë", numbered(3, axis(2), expires: Date(timeIntervalSinceNow: -60)))
            try gallery.enroll("Zoë", numbered(4, axis(3), expires: Date(timeIntervalSinceNow: 3600)))
            let probe = try Embedding(normalizing: axis(0), space: facenet)
            let expired = try Embedding(normalizing: axis(2), space: facenet)
            for kind in kinds {
                let search = try gallery.search(kind)
                #expect(
                    try search.nearestPeople(to: [probe], count: 1, nearestTemplates: 1, among: nil)[0] == [
                        Candidate(person: "Ada", distance: 0)
                    ])
                let other = try search.nearestPeople(to: [expired], count: 9, nearestTemplates: 5, among: nil)[0]
                #expect(other.count == 3 && other.allSatisfy { abs($0.distance - Float(2).squareRoot()) < 1e-6 })
            }
            try gallery.rename("Ada", to: "Grace", merging: true)
            for kind in kinds {
                #expect(
                    try gallery.search(kind).nearestPeople(to: [probe], count: 1, nearestTemplates: 1, among: nil)[0]
                        == [Candidate(person: "Grace", distance: 0)])
            }
            try gallery.removeTemplate(id(1))
            for kind in kinds {
                #expect(
                    try gallery.search(kind).nearestPeople(to: [probe], count: 1, nearestTemplates: 1, among: nil)[0][0]
                        .distance > 1)
            }
            let search = try gallery.search(.server)
            try gallery.removeAll()
            #expect(try search.nearestPeople(to: [probe], count: 1, nearestTemplates: 1, among: nil) == [[]])
            // Another model, with longer embeddings.
            let longer = try template(5, space: sface, dimension: 512)
            try gallery.enroll("Ada", longer)
            #expect(
                try gallery.search(.server).nearestPeople(
                    to: [longer.embedding], count: 1, nearestTemplates: 1, among: nil)[0][0].person == "Ada")
            #expect(throws: GalleryError.otherSpace(gallery: sface, found: facenet)) {
                try search.nearestPeople(to: [probe], count: 1, nearestTemplates: 1, among: nil)
            }
        }

        @Test func canBeGivenUpAndMadeAgain() throws {
            let gallery = try Gallery(at: place.location)
            try enroll(people: 20, each: 3, in: gallery)
            try gallery.removeServerSearch()
            #expect {
                _ = try gallery.search(.server)
            } throws: {
                guard case GalleryError.noServerSearch = $0 else { return false }
                return true
            }
            try gallery.enroll("Ada", numbered(1000, [Float](repeating: 1, count: 32), expires: .distantFuture))
            try gallery.makeServerSearch()
            let count =
                "SELECT count(*) FROM template_vector JOIN template ON template.id = template "
                + "WHERE template.person = template_vector.person"
            #expect(try execute(count, on: place.location) == "61")
            try gallery.enroll("Ada", numbered(1001, [Float](repeating: -1, count: 32)))
            #expect(try execute(count, on: place.location) == "62")
            let probe = try Embedding(normalizing: [Float](repeating: -1, count: 32), space: facenet)
            for kind in kinds {
                #expect(
                    try gallery.search(kind).nearestPeople(to: [probe], count: 1, nearestTemplates: 1, among: nil)[0][0]
                        .person == "Ada")
            }
        }

        @Test func aSealedGalleryKeepsNoVectorsUnlessAsked() throws {
            let gallery = try Gallery(at: place.location)
            try gallery.enroll("Ada", template(1))
            let table = "SELECT to_regclass('faceprint.template_vector')"
            #expect(try execute(table, on: place.location) != nil)
            try gallery.seal(with: passphrase("horse"))
            #expect(try execute(table, on: place.location) == nil)
            try gallery.enroll("Ada", template(2))
            #expect(try execute(table, on: place.location) == nil)
            try gallery.makeServerSearch()
            try gallery.enroll("Grace", template(3))
            for kind in kinds {
                let found = try gallery.search(kind).nearestPeople(
                    to: [1, 2, 3].map { try template($0).embedding }, count: 1, nearestTemplates: 1, among: nil)
                #expect(found.map { $0.map(\.person) } == [["Ada"], ["Ada"], ["Grace"]])
            }
        }

        @Test func isNotForFiles() throws {
            let file = try TestPlace(on: .file)
            #expect {
                _ = try Gallery(at: file.location).search(.server)
            } throws: {
                guard case GalleryError.noServerSearch = $0 else { return false }
                return true
            }
        }

        @Test func aRoleThatMayMakeNoTableEnrollsWithout() throws {
            let gallery = try Gallery(at: place.location)
            let role = "clerk_\(place.location.split(separator: "/").last ?? "")"
            try execute(
                """
                CREATE ROLE \(role) LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA faceprint TO \(role);
                GRANT ALL ON ALL TABLES IN SCHEMA faceprint TO \(role)
                """, on: place.location)
            defer { _ = try? execute("DROP OWNED BY \(role); DROP ROLE \(role)", on: place.location) }
            var url = try #require(URLComponents(string: place.location))
            (url.user, url.password) = (role, "x")
            let clerk = try Gallery(at: try #require(url.string))
            try clerk.enroll("Ada", template(1))
            #expect(try gallery.people().map(\.templateCount) == [1])
            #expect(throws: GalleryError.self) { try clerk.search(.server) }
        }
    }
#endif
