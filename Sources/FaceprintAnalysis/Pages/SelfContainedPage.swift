import FaceprintEvaluation
import FaceprintFiles
import Foundation

/// One HTML file that needs nothing else, and can reach nothing: its policy allows no request at all, pictures only as
/// `data:` addresses, and only the style sheet and the script that are written into it here, by their SHA-256.
struct SelfContainedPage {
    /// Of the window, as it is to be read.
    let title: String
    /// HTML between `<body>` and `</body>`, without styles or scripts.
    let body: String
    /// After the style sheet that all pages share.
    let style: String
    /// Empty for none.
    var script = ""
    /// What the script reads as the JSON text of the element `data`; empty for nothing.
    var json = ""

    var html: String {
        let styles = styleSheet + "\n" + style
        let policy = [
            "default-src 'none'", "img-src data:", "style-src \(Self.source(of: styles))",
            script.isEmpty ? "script-src 'none'" : "script-src \(Self.source(of: script))", "base-uri 'none'",
            "form-action 'none'",
        ].joined(separator: "; ")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="referrer" content="no-referrer">
            <title>\(escaped(title))</title>
            <style>\(styles)</style>
            </head>
            <body>
            \(body)
            \(json.isEmpty ? "" : "<script type=\"application/json\" id=\"data\">\(Self.inert(json))</script>")
            \(script.isEmpty ? "" : "<script>\(script)</script>")
            </body>
            </html>

            """
    }

    /// JSON in which no name can end the element that it stands in, or begin a comment: `<` only ever occurs within
    /// strings, where `\u003C` means the same.
    static func inert(_ json: String) -> String { json.replacingOccurrences(of: "<", with: "\\u003C") }

    /// How a policy names a text that it allows.
    private static func source(of text: String) -> String {
        let hex = Array(text.utf8).withUnsafeBytes { SHA256.hex(of: $0) }
        let digits = Array(hex)
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16)! }
        return "'sha256-\(Data(bytes).base64EncodedString())'"
    }
}
