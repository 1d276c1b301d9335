import FaceprintFiles
import FaceprintGallery
import Foundation

extension Arguments {
    /// What `--seal-with` names; nil without it.
    func exportKey() throws -> ExportKey? {
        guard let source = string("seal-with") else { return nil }
        let parts = source.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.dropFirst().first) {
        case ("file", let path?):
            return try Self.key(String(decoding: try File.read(path, limit: 1024), as: UTF8.self), source)
        case ("env", let name?):
            guard let text = ProcessInfo.processInfo.environment[name] else {
                throw UsageError("--seal-with is “\(source)”; there is no such variable")
            }
            return try Self.key(text, source)
        case ("passphrase", nil):
            guard let text = getpass("Passphrase: ").map({ String(cString: $0) }), !text.isEmpty else {
                throw UsageError("--seal-with asks for a passphrase at a terminal, and got none")
            }
            return .passphrase(text)
        default:
            throw UsageError("--seal-with is “\(source)”; allowed is file:PATH, env:NAME, passphrase")
        }
    }

    private static func key(_ text: String, _ source: String) throws -> ExportKey {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = Data(base64Encoded: text), bytes.count == 32 else {
            throw UsageError("--seal-with is “\(source)”, which doesn't hold 32 bytes in base64")
        }
        return .bytes(Array(bytes))
    }
}
