import FaceprintGallery
import Foundation
import TestSupport
import Testing

@Suite(.onEveryStore, .namingTheStore) struct KeyTests {
    private let place: TestPlace
    private let gallery: Gallery
    private var path: String { place.location }

    init() throws {
        place = try TestPlace()
        gallery = try Gallery(at: place.location)
    }

    @Test func openWithTheirSecretAlone() throws {
        let (key, secret) = try gallery.createKey(named: "Front desk", scopes: [.door, .recognise])
        let (other, otherSecret) = try gallery.createKey(named: "office", scopes: [.admin])
        #expect(secret.wholeMatch(of: /fp_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/) != nil)
        #expect(try gallery.key(matching: secret) == key)
        #expect(try Gallery(at: path, access: .readOnly).key(matching: otherSecret) == other)
        let swapped = secret.prefix(20) + otherSecret.suffix(43)
        let last = secret.last == "A" ? "B" : "A"
        let unknown = "fp_0000000000000000_" + secret.suffix(43)
        for wrong in [
            String(swapped), secret.dropLast() + last, String(unknown), "", "fp_", String(secret.dropLast()),
            secret + "A", secret.uppercased(), " " + secret, String(repeating: "_", count: 63),
            String(repeating: "x", count: 1_000_000), secret.dropLast() + "\0", secret.replacing("fp_", with: "fq_"),
        ] {
            #expect(try gallery.key(matching: wrong) == nil, "\(wrong.prefix(80))")
        }
    }

    @Test(.onlyOnAFile) func areStoredWithoutTheirSecret() throws {
        let (_, secret) = try gallery.createKey(named: "door", scopes: [.door])
        for name in ["", "-wal"] {
            let data = try Data(contentsOf: URL(fileURLWithPath: path + name))
            #expect(data.range(of: Data(secret.suffix(43).utf8)) == nil)
        }
        let hash = try #require(try execute("SELECT hash FROM key", on: path))
        #expect(hash.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
        try gallery.revokeKey(named: "door")
        for name in ["", "-wal"] {
            #expect(try Data(contentsOf: URL(fileURLWithPath: path + name)).range(of: Data(hash.utf8)) == nil)
        }
    }

    @Test func areListedAndRevoked() throws {
        var version = try gallery.keysVersion()
        let (key, secret) = try gallery.createKey(
            named: "Front desk", scopes: [.door, .recognise], by: .page("office"))
        #expect(try gallery.keysVersion() > version)
        #expect(key.name == "Front desk" && key.scopes == [.door, .recognise])
        #expect(throws: GalleryError.keyNameTaken("Front desk")) {
            try gallery.createKey(named: "front DESK", scopes: [.door])
        }
        #expect(throws: GalleryError.noScopes) { try gallery.createKey(named: "x", scopes: []) }
        #expect(throws: GalleryError.self) { try gallery.createKey(named: "a\u{1B}", scopes: [.door]) }
        let (admin, _) = try gallery.createKey(named: "admin", scopes: [.admin])
        #expect(try gallery.keys() == [admin, key])
        version = try gallery.keysVersion()
        #expect(throws: GalleryError.noSuchKey("front disk", similar: ["Front desk"])) {
            try gallery.revokeKey(named: "front disk")
        }
        #expect(try gallery.keysVersion() == version)
        try gallery.revokeKey(named: "front desk", by: .page("office"))
        #expect(try gallery.keysVersion() > version)
        #expect(try gallery.keys() == [admin])
        #expect(try gallery.key(matching: secret) == nil)
        // A key of the same name is another key.
        _ = try gallery.createKey(named: "Front desk", scopes: [.admin])
        #expect(try gallery.key(matching: secret) == nil)
        let events = try gallery.events(EventFilter(kinds: [.keyCreated, .keyRevoked])).reversed()
        #expect(events.map(\.kind) == [.keyCreated, .keyCreated, .keyRevoked, .keyCreated])
        #expect(events.first?.detail == ["key": "Front desk", "scopes": "recognise door"])
        #expect(events.first?.actor == "page office")
    }

    @Test(
        arguments: [
            ([.admin], [.recognise, .enrol, .admin]), ([.door], [.door]),
            ([.recognise, .enrol], [.recognise, .enrol]),
            ([.admin, .door], Scope.allCases),
        ] as [([Scope], [Scope])])
    func openWhatTheirScopesInclude(_ scopes: [Scope], _ open: [Scope]) throws {
        let key = try gallery.createKey(named: "x", scopes: Set(scopes)).key
        #expect(Scope.allCases.filter(key.allows) == open)
    }

    /// A hash of a hostile file could ask for hours of time or all the memory.
    @Test(arguments: [
        "$argon2id$v=19$m=4194304,t=1000000,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "", "x", "$argon2i$v=19$m=65536,t=2,p=1$AAAA$AAAA",
    ])
    func areRefusedWithAnotherKindOfHash(_ hash: String) throws {
        let secret = try gallery.createKey(named: "door", scopes: [.door]).secret
        try execute("UPDATE key SET hash = '\(hash)'", on: path)
        #expect(throws: GalleryError.self) { try gallery.key(matching: secret) }
    }

    @Test(arguments: ["scopes = 'root'", "name = 'x' || char(27)", "id = char(27)"])
    func areCheckedWhenAFileIsRead(_ change: String) throws {
        _ = try gallery.createKey(named: "door", scopes: [.door])
        try execute("UPDATE key SET \(change)", on: path)
        #expect {
            try gallery.keys()
        } throws: {
            guard case GalleryError.damaged = $0 else { return false }
            return !"\($0)".contains("\u{1B}")
        }
    }
}

@Suite(.onEveryStore, .namingTheStore) struct SessionTests {
    private let place: TestPlace
    private let gallery: Gallery
    private let key: Key
    private var path: String { place.location }

    init() throws {
        place = try TestPlace()
        let gallery = try Gallery(at: place.location)
        self.gallery = gallery
        key = try gallery.createKey(named: "front-desk", scopes: [.door]).key
    }

    @Test func areFoundByTheirToken() throws {
        let session = try gallery.openSession(of: key, seconds: 3600)
        #expect(session.token.wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil)
        #expect(session.key == key)
        #expect(abs(session.expires.timeIntervalSinceNow - 3600) < 600)
        #expect(try gallery.session(token: session.token) == session)
        #expect(try Gallery(at: path, access: .readOnly).session(token: session.token) == session)
        let other = try gallery.openSession(of: key, seconds: 3600)
        #expect(other.token != session.token && other.csrf != session.csrf)
        for stranger in ["", session.csrf, String(session.token.dropLast()), session.token + "A", "a\0"] {
            #expect(try gallery.session(token: stranger) == nil)
        }
        try gallery.closeSession(token: session.token)
        try gallery.closeSession(token: session.token)
        #expect(try gallery.session(token: session.token) == nil)
        #expect(try gallery.session(token: other.token) == other)
        let events = try gallery.events(EventFilter(kinds: [.sessionOpened]))
        #expect(events.map(\.actor) == ["page front-desk", "page front-desk"])
    }

    @Test func haveASecondSecretForForms() throws {
        let session = try gallery.openSession(of: key, seconds: 3600)
        #expect(session.csrf.wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil)
        #expect(session.accepts(csrf: session.csrf))
        for wrong in ["", session.token, session.csrf + "A", String(session.csrf.dropLast())] {
            #expect(!session.accepts(csrf: wrong))
        }
        #expect(try gallery.session(token: session.token)?.csrf == session.csrf)
    }

    @Test(.onlyOnAFile) func areStoredWithoutTheirToken() throws {
        let session = try gallery.openSession(of: key, seconds: 3600)
        for name in ["", "-wal"] {
            let data = try Data(contentsOf: URL(fileURLWithPath: path + name))
            #expect(data.range(of: Data(session.token.utf8)) == nil)
            #expect(data.range(of: Data(session.csrf.utf8)) == nil)
        }
    }

    @Test func endInTime() throws {
        let over = try gallery.openSession(of: key, seconds: 0)
        #expect(try gallery.session(token: over.token) == nil)
        let session = try gallery.openSession(of: key, seconds: 3600)
        #expect(try execute("SELECT count(*) FROM session", on: path) == "1")
        #expect(try gallery.session(token: session.token) != nil)
        #expect(throws: GalleryError.self) { try gallery.openSession(of: key, seconds: .max) }
    }

    @Test func endWithTheirKey() throws {
        let session = try gallery.openSession(of: key, seconds: 3600)
        try Gallery(at: path).revokeKey(named: "front-desk")
        #expect(try gallery.session(token: session.token) == nil)
        #expect(try execute("SELECT count(*) FROM session", on: path) == "0")
        #expect(throws: GalleryError.noSuchKey("front-desk", similar: [])) {
            try gallery.openSession(of: key, seconds: 3600)
        }
    }
}
