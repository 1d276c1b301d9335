import FaceprintGallery
import TestSupport
import Testing

@Suite(.onEveryStore, .namingTheStore) struct PersonNameTests {
    let gallery: Gallery
    private let place: TestPlace

    init() throws {
        place = try TestPlace()
        gallery = try Gallery(at: place.location)
    }

    @Test(arguments: [
        ("Younès", "Youne\u{300}s"), ("Younès", "YOUNÈS"), ("Straße", "STRASSE"), ("ﬁona", "Fiona"), ("Ａda", "ada"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"), ("Ada Lovelace", "  ada \u{A0} lovelace\n"), ("می‌خواهم", "میخواهم"),
    ])
    func areOnePersons(_ first: String, _ second: String) throws {
        try gallery.enroll(first, template(1))
        try gallery.enroll(second, template(2))
        #expect(try gallery.people().map(\.templateCount) == [2])
        #expect(try gallery.templates(of: second).count == 2)
    }

    @Test(arguments: [("Younès", "Younes"), ("Işık", "Isik"), ("Ada", "Ada."), ("李", "理")])
    func areTwoPersons(_ first: String, _ second: String) throws {
        try gallery.enroll(first, template(1))
        try gallery.enroll(second, template(2))
        #expect(try gallery.people().count == 2)
    }

    @Test func areShownTidily() throws {
        try gallery.enroll(" \tAda \u{2003}  Love\u{301}lace \n", template(1))
        let name = try gallery.people()[0].name
        #expect(Array(name.unicodeScalars) == Array("Ada Lov\u{E9}lace".unicodeScalars))
    }

    @Test(arguments: ["李小龍", "Владимир", "'; DROP TABLE person; --", "%s%n", "../../etc", "🙂", "👩‍🚀", "a\"b\\c"])
    func mayBeAnythingThatCanBeShown(_ name: String) throws {
        try gallery.enroll(name, template(1))
        #expect(try gallery.people().map(\.name) == [name])
        #expect(try gallery.templates(of: name).count == 1)
    }

    @Test(arguments: [
        ("", "empty"), (" \n\t ", "empty"), ("a\0b", "U+0000"), ("a\u{1B}[2Jb", "U+001B"), ("a\nb", "U+000A"),
        ("a\u{202E}b", "U+202E"), ("a\u{2066}b", "U+2066"), ("a\u{200B}b", "U+200B"), ("a\u{2028}b", "U+2028"),
        ("a\u{E000}", "U+E000"), ("a\u{10FFFF}", "U+10FFFF"), ("a\u{FFFD}", "U+FFFD"), ("\u{200D}", "seen"),
        (String(repeating: "x", count: 201), "201"), ("e" + String(repeating: "\u{302}", count: 300), "characters"),
    ])
    func areRefusedWithTheReason(_ name: String, _ part: String) throws {
        for attempt in [
            { try gallery.enroll(name, template(1)) }, { try gallery.person(named: name) },
            { try gallery.remove(name) }, { try gallery.rename("Ada", to: name) },
        ] as [() throws -> Any] {
            #expect {
                _ = try attempt()
            } throws: {
                guard case GalleryError.invalidName(name, let reason) = $0 else { return false }
                // The message itself must be safe to print.
                return reason.contains(part) && !"\($0)".unicodeScalars.contains { $0.value < 32 || $0 == "\u{202E}" }
            }
        }
        #expect(try gallery.people().isEmpty)
    }

    @Test func mayHaveTwoHundredCharacters() throws {
        try gallery.enroll(String(repeating: "李", count: 200), template(1))
        #expect(try gallery.people().count == 1)
    }
}
