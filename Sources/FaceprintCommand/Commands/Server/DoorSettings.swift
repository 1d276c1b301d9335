import CGLib
import FaceprintFiles
import FaceprintServer
import Foundation

extension Option {
    /// What a door is called and what opens it.
    static let door = [
        value("door-name", "NAME", "what the door is called (default: Door)"),
        value("door-command", "COMMAND", "run this to open the door; see docs/server.md", completion: .file),
        value("door-webhook", "URL", "post to this address to open the door"),
        value("door-webhook-secret-file", "FILE", "sign the post with the text in this file", completion: .file),
        value("door-seconds", "SECONDS", "how long opening may take (default: 5)"),
    ]
}

/// A door's name and what opens it.
struct DoorSettings {
    let name: String
    /// nil where nothing does.
    let hook: DoorHook?
    /// How long the hook may take.
    let seconds: Double

    /// - Throws: ``UsageError``, or `FileError` for a secret that can't be read.
    init(_ arguments: Arguments) throws {
        let standard = ServerSettings()
        name = arguments.string("door-name") ?? standard.doorName
        seconds = try arguments.number("door-seconds", in: 0.1...60) ?? standard.hookSeconds
        hook = try Self.hook(arguments)
    }

    private static func hook(_ arguments: Arguments) throws -> DoorHook? {
        if arguments.has("door-webhook-secret-file"), !arguments.has("door-webhook") {
            throw UsageError(
                "\(arguments.source(of: "door-webhook-secret-file")) is for --door-webhook, which is missing")
        }
        switch (arguments.string("door-command"), arguments.string("door-webhook")) {
        case (nil, nil): return nil
        case (let command?, nil):
            return .command(try words(of: command, arguments.source(of: "door-command")))
        case (nil, let address?):
            guard let url = URL(string: address), ["http", "https"].contains(url.scheme), url.host() != nil else {
                throw UsageError(
                    "\(arguments.source(of: "door-webhook")) is “\(address)”; it has to be an address of http or https")
            }
            let secret = try arguments.string("door-webhook-secret-file").map { path in
                let secret = try File.text(path).trimmingCharacters(in: .whitespacesAndNewlines)
                guard !secret.isEmpty else { throw UsageError("“\(path)” has no secret in it") }
                return secret
            }
            return .webhook(url, secret: secret)
        default: throw UsageError("give --door-command or --door-webhook, not both")
        }
    }

    /// The words of a command line, as a shell would part them.
    private static func words(of command: String, _ source: String) throws -> [String] {
        var count: gint = 0
        var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        guard g_shell_parse_argv(command, &count, &words, nil) != 0, let words else {
            throw UsageError("\(source) is “\(command)”; it has to be a program's path with its arguments")
        }
        defer { g_strfreev(words) }
        let parts = (0..<Int(count)).map { String(cString: words[$0]!) }
        guard parts[0].hasPrefix("/"), FileManager.default.isExecutableFile(atPath: parts[0]) else {
            throw UsageError("\(source) runs “\(parts[0])”; it has to be the full path of a program")
        }
        return parts
    }
}
