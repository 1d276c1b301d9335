import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// Galleries with the right key, a wrong one, and none.
@Suite(.onEveryStore, .namingTheStore) struct SealingTests {
    private let setup = try! SealingSetup()

    private func expectWrongKey(_ body: () throws -> Any) {
        #expect {
            _ = try body()
        } throws: {
            guard case GalleryError.wrongSealKey(let path, _) = $0 else { return false }
            return path == setup.name
        }
    }

    private func fill(_ gallery: Gallery) throws {
        for number in 0..<6 { try gallery.enroll("Person \(number % 3)", sealable(number)) }
        try gallery.setBadge("17", of: "Person 1")
        try gallery.setGroups(["Office"], of: "Person 1")
    }

    @Test func aNewGalleryIsSealedByTheKeyThatOpensIt() throws {
        let gallery = try setup.open(setup.key)
        try fill(gallery)
        #expect(try gallery.sealing() == .sealedByKey)
        #expect(try gallery.events().last?.kind == .gallerySealed)
        #expect(try setup.open(setup.key, access: .readOnly).readAll() == gallery.readAll())
        #expect(throws: GalleryError.sealed(path: setup.name)) { try setup.open(nil).searchable() }
        expectWrongKey { try setup.open(setup.otherKey) }
        expectWrongKey { try setup.open(setup.otherKey, access: .readOnly) }
        expectWrongKey { try setup.open(passphrase("open sesame")) }
    }

    @Test func aKeyToAnOpenGalleryIsSaid() throws {
        try fill(setup.open(nil))
        for access in [Gallery.Access.readOnly, .readWrite] {
            #expect(throws: GalleryError.notSealed(path: setup.name)) { try setup.open(setup.key, access: access) }
        }
        // Somebody puts an open gallery in the place of one that is in use.
        let gallery = try setup.open(nil)
        try gallery.seal(with: setup.key)
        let sealed = try setup.open(setup.key)
        try setup.execute("DELETE FROM sealing")
        #expect(throws: GalleryError.notSealed(path: setup.name)) { try sealed.people() }
        #expect(throws: GalleryError.notSealed(path: setup.name)) { try sealed.enroll("Eva", template(9)) }
    }

    @Test func whatNeedsNoKey() throws {
        try fill(setup.open(setup.key))
        let gallery = try setup.open(nil)
        #expect(try gallery.people().map(\.name) == ["Person 0", "Person 1", "Person 2"])
        #expect(try gallery.person(claimed: "17")?.name == "Person 1")
        #expect(try gallery.templateList().total == 6)
        _ = try gallery.createKey(named: "door", scopes: [.door])
        #expect(try gallery.keys().count == 1)
        try gallery.record([NewEvent(.identified, by: .commandLine, person: "Person 1")])
        try gallery.remove("Person 1")
        try gallery.removeTemplate(id(0))
        #expect(try gallery.verifyLog().count > 0)
        #expect(try setup.open(setup.key).readAll().values.flatMap(\.self).count == 3)
    }

    @Test func whatNeedsTheKey() throws {
        try fill(setup.open(setup.key))
        let gallery = try setup.open(nil)
        let attempts: [() throws -> Any] = [
            { try gallery.enroll("Eva", template(9)) }, { try gallery.addPerson("Eva") },
            { try gallery.rename("Person 0", to: "Eva") }, { try gallery.setBadge("7", of: "Person 0") },
            { try gallery.setGroups(["Roof"], of: "Person 0") }, { try gallery.templates(of: "Person 0") },
            { try gallery.template(id(0)) }, { try gallery.thumbnail(id(0)) }, { try gallery.searchable() },
            { try gallery.rekey(to: setup.otherKey) }, { try gallery.unseal() },
        ]
        for attempt in attempts {
            #expect(throws: GalleryError.sealed(path: setup.name)) { _ = try attempt() }
        }
        #expect("\(GalleryError.sealed(path: setup.name))".contains("--seal-key"))
        expectWrongKey { try gallery.seal(with: setup.otherKey) }
        #expect(try setup.open(setup.key).readAll().values.flatMap(\.self).count == 6)
    }

    @Test func peopleCanBeChanged() throws {
        let gallery = try setup.open(setup.key)
        try fill(gallery)
        try gallery.rename("Person 0", to: "Ada")
        try gallery.setBadge("19", of: "Ada")
        try gallery.setGroups(["Roof", "Office"], of: "Ada")
        try gallery.addPerson("Eva")
        let moved = try gallery.templates(of: "Person 1")
        try gallery.rename("Person 1", to: "Ada", merging: true)
        let people = try setup.open(setup.key, access: .readOnly).readAll()
        #expect(people.keys.map(\.name).sorted() == ["Ada", "Eva", "Person 2"])
        let ada = try gallery.person(withBadge: "19")
        #expect(ada?.groups == ["Office", "Roof"] && ada?.templateCount == 4)
        #expect(try Set(gallery.templates(of: "Ada")).isSuperset(of: moved))
        #expect(try gallery.template(moved[0].id).person == "Ada")
    }

    @Test func anotherProcessSealsAnew() throws {
        let gallery = try setup.open(setup.key)
        try fill(gallery)
        let before = try gallery.readAll()
        let version = try gallery.peopleVersion()
        // Another data key, by the same key: whoever has it goes on.
        try setup.open(setup.key).rekey(to: setup.key)
        #expect(try gallery.readAll() == before)
        #expect(try gallery.peopleVersion() > version)
        try gallery.enroll("Eva", template(9))
        // Another key: nothing is read or written by the old one.
        try setup.open(setup.key).rekey(to: setup.otherKey)
        expectWrongKey { try gallery.searchable() }
        expectWrongKey { try gallery.people() }
        expectWrongKey { try gallery.enroll("Eva", template(10)) }
        expectWrongKey { try setup.open(setup.key) }
        #expect(try setup.open(setup.otherKey).readAll().values.flatMap(\.self).count == 7)
        #expect(try setup.open(nil).events(EventFilter(kinds: [.galleryRekeyed])).count == 2)
    }

    @Test func anOldRowDoesntOpenAfterRekeying() throws {
        let gallery = try setup.open(setup.key)
        try fill(gallery)
        try setup.execute("CREATE TABLE old AS SELECT * FROM template")
        try gallery.rekey(to: setup.key)
        try setup.execute("DELETE FROM template; INSERT INTO template SELECT * FROM old")
        #expect(throws: GalleryError.self) { try gallery.searchable() }
    }

    @Test func byAPassphrase() throws {
        try fill(setup.open(nil))
        let before = try setup.open(nil).readAll()
        try setup.open(nil).seal(with: passphrase("open sesame"))
        #expect(try setup.open(nil).sealing() == .sealedByPassphrase)
        #expect(try setup.open(passphrase("open sesame")).readAll() == before)
        expectWrongKey { try setup.open(passphrase("open sesam")) }
        expectWrongKey { try setup.open(setup.key) }
        #expect(throws: GalleryError.self) { try passphrase("") }
        try setup.open(passphrase("open sesame")).rekey(to: setup.key)
        #expect(try setup.open(setup.key).readAll() == before)
    }

    @Test(arguments: ["memory = 1125899906842624", "passes = 1000000000", "salt = zeroblob(8)", "memory = 8192"])
    func anAbsurdStretchingIsRefused(_ change: String) throws {
        try setup.open(nil).seal(with: passphrase("open sesame"))
        try setup.execute("UPDATE sealing SET \(change)")
        #expect {
            try setup.open(passphrase("open sesame"))
        } throws: {
            namesDamage($0)
        }
    }

    @Test(arguments: [
        "wrapped = zeroblob(72)", "wrapped = zeroblob(0)", "wrapped = zeroblob(500000)", "key_id = zeroblob(16)",
        "salt = zeroblob(16), passes = 3, memory = 256 << 20",
    ])
    func anAlteredDataKey(_ change: String) throws {
        let gallery = try setup.open(setup.key)
        try fill(gallery)
        try setup.execute("UPDATE sealing SET \(change)")
        expectWrongKey { try setup.open(setup.key) }
        expectWrongKey { try gallery.searchable() }
    }

    @Test func anotherGallerysID() throws {
        let gallery = try setup.open(setup.key)
        try setup.execute("UPDATE state SET gallery = zeroblob(16)")
        expectWrongKey { try gallery.addPerson("Eva") }
    }
}
