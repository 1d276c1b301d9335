import FaceprintGallery
import Glibc
import Synchronization

/// Where a seal key is, as the user writes it.
struct SealKeySource {
    static let forms = "file:PATH, env:NAME, credential:NAME, passphrase, passphrase-file:PATH"

    private enum Place {
        case file(String)
        case environment(String)
        case credential(String)
        case passphrase
        case passphraseFile(String)
    }

    private let place: Place
    private let text: String

    /// Keys that can't be read twice, for a server that reads its settings again: variables are wiped, and nobody is
    /// asked at a terminal any more.
    private static let kept = Mutex<[String: SealKey]>([:])

    /// - Parameter option: What it was given by, for messages.
    init(_ text: String, option: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.last == "" ? 0 : parts.count) {
        case ("file", 2): place = .file(parts[1])
        case ("env", 2): place = .environment(parts[1])
        case ("credential", 2): place = .credential(parts[1])
        case ("passphrase", 1): place = .passphrase
        case ("passphrase-file", 2): place = .passphraseFile(parts[1])
        // The value isn't said: it may be the key itself.
        default: throw UsageError("\(option) has to say where the key is: \(Self.forms)")
        }
        self.text = text
    }

    /// Whether somebody is asked for it.
    var isAsked: Bool {
        if case .passphrase = place { true } else { false }
    }

    /// - Parameters:
    ///   - prompt: What is asked for, where somebody is.
    ///   - isNew: Whether a passphrase is asked for twice, as nothing shows that it is mistyped.
    func read(_ prompt: String = "passphrase of the gallery", isNew: Bool = false) throws -> SealKey {
        switch place {
        case .file(let path): return try .file(path)
        case .credential(let name): return try .credential(name)
        case .passphraseFile(let path): return try .passphraseFile(path)
        case .environment(let name): return try keeping(text) { try .environment(name) }
        case .passphrase:
            // Two that are asked for are two.
            return try keeping(text + prompt) { try SealKey(passphrase: Passphrase.read(prompt, twice: isNew)) }
        }
    }

    private func keeping(_ name: String, _ read: () throws -> SealKey) throws -> SealKey {
        if let key = Self.kept.withLock({ $0[name] }) { return key }
        let key = try read()
        Self.kept.withLock { $0[name] = key }
        return key
    }
}

extension Option {
    static let sealKey = value(
        "seal-key", "SOURCE",
        "where a sealed gallery's key is: \(SealKeySource.forms) (default: what FACEPRINT_SEAL_KEY says)")
}

extension Arguments {
    /// Where the gallery's key is said to be; nil where nothing is said.
    func sealKeySource() throws -> SealKeySource? {
        if let text = string("seal-key") { return try SealKeySource(text, option: source(of: "seal-key")) }
        guard let text = getenv("FACEPRINT_SEAL_KEY").map({ String(cString: $0) }), !text.isEmpty else { return nil }
        return try SealKeySource(text, option: "FACEPRINT_SEAL_KEY")
    }
}
