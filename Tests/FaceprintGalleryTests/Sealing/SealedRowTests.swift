import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// What whoever can write the store, and has no key, can do to its rows.
@Suite struct SealedRowTests {
    private let setup: SealingSetup
    private let gallery: Gallery

    init() throws {
        setup = try SealingSetup()
        gallery = try setup.open(setup.key)
        for number in 0..<4 {
            try gallery.enroll(
                "Person \(number % 2)", number < 2 ? sealable(number, thumbnailBytes: 100) : template(number))
        }
        try gallery.setBadge("17", of: "Person 0")
        try gallery.setGroups(["Office", "Roof"], of: "Person 0")
        try gallery.setBadge("18", of: "Person 1")
        _ = try gallery.readAll()
    }

    private func expectDamage(_ what: String, _ sql: String) throws {
        try setup.execute(sql)
        do {
            _ = try gallery.readAll()
            // What nobody asks for, such as a template whose person is missing, is found by looking for it.
            #expect(try !gallery.inspect().defects.isEmpty, "\(what): nobody noticed")
        } catch {
            #expect(namesDamage(error), "\(what): \(error)")
        }
    }

    /// Changes one bit at a time of a value: of every byte of texts and blobs, and every bit of a number.
    ///
    /// - Parameter row: SQLite's number of the row, which some columns are.
    private func flipBits(of column: String, in table: String, row: Int) throws {
        func read(_ expression: String) throws -> String {
            let value = try setup.execute("SELECT \(expression) FROM \(table) WHERE rowid = \(row)")
            return try #require(value)
        }
        let type = try read("typeof(\(column))")
        let original: String
        let changes: [String]
        switch type {
        case "integer":
            original = try read(column)
            let value = try #require(Int(original))
            // The smallest number can't be written in SQL.
            changes = (0..<64).map { value ^ (1 << $0) }.filter { $0 != .min }.map(String.init)
        case "real":
            original = try read(column)
            let bits = try #require(Double(original)).bitPattern
            changes = (0..<64).map { Double(bitPattern: bits ^ (1 << $0)) }.filter(\.isFinite).map {
                "CAST('\($0)' AS REAL)"
            }
        default:
            let digits = Array(try read("hex(\(column))"))
            let kind = type == "text" ? "TEXT" : "BLOB"
            original = "CAST(x'\(String(digits))' AS \(kind))"
            changes = try stride(from: 0, to: digits.count, by: 2).map { index in
                let place = index + Int.random(in: 0...1)
                var changed = digits
                let digit = try #require(digits[place].hexDigitValue)
                changed[place] = Character(String(digit ^ (1 << Int.random(in: 0..<4)), radix: 16))
                return "CAST(x'\(String(changed))' AS \(kind))"
            }
        }
        let isUnique = ["id", "uuid", "photo_sha256", "key", "badge_key", "template"].contains(column)
        let namesRow = column == "id" || table == "thumbnail" && column == "template"
        #expect(!changes.isEmpty)
        for value in changes {
            // What another row is named can't be this one's name.
            if try setup.execute("SELECT 1 FROM \(table) WHERE \(column) = \(value) AND \(isUnique)") == "1" {
                continue
            }
            try expectDamage(
                "\(table).\(column) = \(value)", "UPDATE \(table) SET \(column) = \(value) WHERE rowid = \(row)")
            let changed = namesRow ? value : "\(row)"
            try setup.execute("UPDATE \(table) SET \(column) = \(original) WHERE rowid = \(changed)")
        }
        _ = try gallery.readAll()
    }

    @Test(arguments: [
        "id", "person", "space", "embedding", "photo_sha256", "created", "uuid", "quality", "changed",
    ])
    func anyBitOfATemplate(_ column: String) throws {
        try flipBits(of: column, in: "template", row: 2)
    }

    @Test func aTemplatesExpiry() throws {
        try expectDamage("expires", "UPDATE template SET expires = 1 WHERE id = 2")
        try setup.execute("UPDATE template SET expires = NULL")
        let expiring = Template(
            embedding: try template(9).embedding, photoSHA256: try template(9).photoSHA256,
            expires: Date(timeIntervalSince1970: 4_000_000_000))
        try gallery.enroll("Person 0", expiring)
        #expect(try gallery.template(expiring.id).template.expires == expiring.expires)
        try flipBits(of: "expires", in: "template", row: 5)
        try expectDamage("expires", "UPDATE template SET expires = NULL")
    }

    @Test(arguments: ["template", "jpeg"])
    func anyBitOfAThumbnail(_ column: String) throws {
        try flipBits(of: column, in: "thumbnail", row: 1)
    }

    @Test(arguments: ["id", "name", "key", "created", "badge", "badge_key", "uuid", "changed", "seal"])
    func anyBitOfAPerson(_ column: String) throws {
        try flipBits(of: column, in: "person", row: 1)
    }

    @Test(arguments: ["person", "name", "key"])
    func anyBitOfAGroup(_ column: String) throws {
        try flipBits(of: column, in: "membership", row: 1)
    }

    @Test(arguments: [
        "UPDATE person SET name = 'Director', key = 'director' WHERE id = 1",
        "UPDATE person SET seal = (SELECT seal FROM person WHERE id = 2) WHERE id = 1",
        "UPDATE person SET seal = NULL WHERE id = 1", "UPDATE person SET seal = zeroblob(32)",
        "INSERT INTO membership (person, name, key) VALUES (2, 'Office', 'office')",
        "DELETE FROM membership WHERE key = 'roof'", "UPDATE person SET badge = NULL, badge_key = NULL WHERE id = 1",
        "INSERT INTO person (id, name, key, created) VALUES (9, 'Mallory', 'mallory', 1)",
        // Names, and all else of the people, exchanged.
        """
        UPDATE person SET id = 3 WHERE id = 1; UPDATE person SET id = 1 WHERE id = 2; UPDATE person SET id = 2
        WHERE id = 3
        """,
        "UPDATE template SET person = 2 WHERE id = 1", "UPDATE template SET embedding = zeroblob(553) WHERE id = 1",
        "UPDATE template SET embedding = (SELECT embedding FROM template WHERE id = 3) WHERE id = 1",
        "UPDATE template SET embedding = substr(embedding, 1, length(embedding) - 1) WHERE id = 1",
        "UPDATE template SET embedding = substr(embedding, 1, 20) WHERE id = 1",
        "UPDATE template SET embedding = zeroblob(0) WHERE id = 1", "UPDATE template SET quality = NULL WHERE id = 1",
        "DELETE FROM thumbnail WHERE template = 1", "INSERT INTO thumbnail SELECT 3, jpeg FROM thumbnail LIMIT 1",
        "UPDATE thumbnail SET jpeg = (SELECT jpeg FROM thumbnail WHERE template = 2) WHERE template = 1",
        "UPDATE thumbnail SET jpeg = zeroblob(0) WHERE template = 1",
        "UPDATE thumbnail SET jpeg = substr(jpeg, 1, 30) WHERE template = 1",
        "UPDATE space SET model = 'sface'", "UPDATE space SET profile = 'raw'", "UPDATE space SET dimension = 64",
    ])
    func rowsThatWereAltered(_ sql: String) throws { try expectDamage(sql, sql) }

    /// The same seal key, and all rows of one gallery moved to the other.
    @Test func rowsOfAnotherGallery() throws {
        let otherLocation = setup.folder.path("other.gallery")
        let other = try Gallery(at: otherLocation, sealKey: setup.key)
        try other.enroll("Person 0", template(0))
        try setup.execute(
            """
            ATTACH '\(otherLocation)' AS other;
            DELETE FROM template; DELETE FROM thumbnail; DELETE FROM membership; DELETE FROM person;
            INSERT INTO person SELECT * FROM other.person; INSERT INTO template SELECT * FROM other.template;
            """)
        #expect(throws: GalleryError.self) { try gallery.people() }
        #expect(throws: GalleryError.self) { try gallery.searchable() }
        // With the other gallery's data key, which is bound to its gallery.
        let attach = "ATTACH '\(otherLocation)' AS other;"
        try setup.execute("\(attach) DELETE FROM sealing; INSERT INTO sealing SELECT * FROM other.sealing;")
        for attempt in [{ try setup.open(setup.key) }, { gallery }] {
            #expect {
                _ = try attempt().searchable()
            } throws: {
                guard case GalleryError.wrongSealKey = $0 else { return false }
                return true
            }
        }
    }

    /// A gallery that says it is sealed has no open row.
    @Test(arguments: ["DELETE FROM space", "INSERT INTO thumbnail SELECT 99, jpeg FROM thumbnail LIMIT 1"])
    func noRowIsPassedOver(_ sql: String) throws {
        try gallery.unseal()
        try setup.execute("PRAGMA foreign_keys = OFF; \(sql)")
        #expect(performing: { try gallery.seal(with: setup.key) }, throws: namesDamage)
        #expect(try gallery.sealing() == .plain)
    }

    /// SQLite stores 0.0 in the place of -0.0.
    @Test func aQualityOfMinusZero() throws {
        let judged = try template(9, quality: -0.0)
        try gallery.enroll("Person 0", judged)
        #expect(try gallery.template(judged.id).template.quality == 0)
    }

    @Test func oneDamagedTemplateIsNamedAndTheRestWorks() throws {
        try setup.execute("UPDATE template SET created = created + 1 WHERE id = 2")
        for attempt in [{ try gallery.templates(of: "Person 1") }, { try gallery.searchable() }]
            as [() throws -> Any]
        {
            #expect {
                _ = try attempt()
            } throws: {
                guard case GalleryError.damagedTemplate(2, "Person 1", let reason) = $0 else { return false }
                return reason.contains("altered")
            }
        }
        #expect(throws: GalleryError.self) { try gallery.rekey(to: setup.otherKey) }
        #expect(try gallery.templates(of: "Person 0").count == 2)
        #expect(try gallery.thumbnail(id(0)).count == 103)
        try gallery.enroll("Person 0", template(7))
        // What its message advises.
        try gallery.remove("Person 1")
        #expect(try gallery.searchable() == 3)
        try gallery.rekey(to: setup.otherKey)
        #expect(try gallery.readAll().count == 1)
    }
}
