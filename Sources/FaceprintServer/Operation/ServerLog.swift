import Foundation
import Synchronization

/// What a server does, a line a request on standard error, for a journal. There is nothing biometric in it, and no
/// names of people: those stand in the gallery's log of events.
public final class ServerLog: Sendable {
    public enum Format: String, CaseIterable, Sendable {
        case text, json, off
    }

    private let format: Format
    private let writing = Mutex(())

    public init(_ format: Format) { self.format = format }

    /// One line.
    ///
    /// - Parameter fields: Besides the message; values of any text.
    public func write(_ message: String, _ fields: KeyValuePairs<String, String> = [:]) {
        guard format != .off else { return }
        let time = Date().iso8601
        let line: String
        if format == .json {
            var members = [("time", time), ("message", message)]
            for (name, value) in fields { members.append((name, value)) }
            line = "{" + members.map { "\(Self.quoted($0)):\(Self.quoted($1))" }.joined(separator: ",") + "}"
        } else {
            line = "\(time) \(message)" + fields.map { " \($0)=\(Self.plain($1))" }.joined()
        }
        writing.withLock { _ in FileHandle.standardError.write(Data((line + "\n").utf8)) }
    }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        return (try? String(decoding: encoder.encode(text), as: UTF8.self)) ?? "\"\""
    }

    /// As it is where it is one plain word, else as a JSON string: nothing that is sent can forge a line.
    private static func plain(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && $0.value > 32 && $0 != "\"" && $0 != "=" && $0.value != 127
            }
        return isPlain ? text : quoted(text)
    }
}
