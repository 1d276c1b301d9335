import Foundation

/// A name that a gallery accepts, as it is shown and as it is compared.
struct PersonName: Hashable {
    /// The longest name, in Unicode scalars.
    static let limit = 200

    /// Normalisation form C, trimmed, one space where several stood.
    let shown: String
    /// Equal for names that are one person's: compatibility-normalised, without case and invisible joiners.
    let key: String

    /// - Throws: ``GalleryError/invalidName(_:reason:)``.
    init(_ name: String) throws(GalleryError) {
        let shown = Self.collapsingSpaces(name.precomposedStringWithCanonicalMapping)
        if let reason = Self.defect(of: shown) { throw .invalidName(name, reason: reason) }
        self.shown = shown
        key = Self.key(of: shown)
        guard !key.isEmpty else { throw .invalidName(name, reason: "nothing in it can be seen") }
    }

    /// What is wrong with a name, or nil. Names that come from a file are held to this too: they are printed on
    /// terminals and pages.
    static func defect(of name: String) -> String? {
        let scalars = name.unicodeScalars
        guard !scalars.isEmpty else { return "it is empty" }
        guard scalars.count <= limit else { return "it has \(scalars.count) characters; \(limit) are allowed" }
        for scalar in scalars {
            if let kind = unprintableKind(of: scalar) {
                return "it contains \(kind), \(String.codePoint(scalar))"
            }
        }
        return nil
    }

    /// What an unprintable character is called, or nil for a printable one.
    static func unprintableKind(of scalar: Unicode.Scalar) -> String? {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: "a control character"
        // The joiners are part of how Persian and many Indian names are spelled; all other format characters only
        // reorder or hide what is shown.
        case .format: isJoiner(scalar) ? nil : "an invisible formatting character"
        case .privateUse, .unassigned, .surrogate: "a character that Unicode doesn't define"
        // What decoders put in the place of bytes that are no text: two such names could be two people's.
        case _ where scalar == "\u{FFFD}": "a replacement character for text that couldn't be read"
        default: nil
        }
    }

    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{200C}" || scalar == "\u{200D}"
    }

    /// Without white space at the ends, and one plain space for a run of spaces. A tab or a line break inside a name
    /// stays, to be refused as a control character.
    private static func collapsingSpaces(_ name: String) -> String {
        let trimmed = name.trimmingCharacters(in: .whitespacesAndNewlines)
        var result = String.UnicodeScalarView()
        for scalar in trimmed.unicodeScalars {
            if scalar.properties.generalCategory != .spaceSeparator {
                result.append(scalar)
            } else if result.last != " " {
                result.append(" ")
            }
        }
        return String(result)
    }

    /// Near to Unicode's NFKC_Casefold: compatibility forms, case and invisible characters make no difference.
    static func key(of name: String) -> String {
        let folded = name.precomposedStringWithCompatibilityMapping
            .folding(options: .caseInsensitive, locale: nil)
            .precomposedStringWithCompatibilityMapping
        let visible = folded.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
        return String(String.UnicodeScalarView(visible))
    }
}

extension Gallery {
    /// A name as a gallery would show it, safe to be printed.
    ///
    /// - Throws: ``GalleryError/invalidName(_:reason:)`` for one that nobody can have.
    package static func shownName(_ name: String) throws(GalleryError) -> String { try PersonName(name).shown }
}

extension String {
    /// `U+202E`.
    static func codePoint(_ scalar: Unicode.Scalar) -> String { String(format: "U+%04X", scalar.value) }

    /// For messages: in quotation marks, cut when long, with unprintable characters spelled out.
    var quoted: String {
        let longest = 80
        return "“\(spelledOut(longest))\(unicodeScalars.count > longest ? "…" : "")”"
    }

    /// Cut to `limit` Unicode scalars, with unprintable characters spelled out.
    func printable(limit: Int) -> String {
        let text = spelledOut(limit + 1)
        guard text.unicodeScalars.count > limit else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…"
    }

    private func spelledOut(_ count: Int) -> String {
        unicodeScalars.prefix(count).map { scalar in
            PersonName.unprintableKind(of: scalar) == nil ? String(scalar) : "<\(String.codePoint(scalar))>"
        }.joined()
    }
}
