import FaceprintGallery

/// Events as a table for a spreadsheet (RFC 4180).
enum CSV {
    static func text(of events: [Event]) -> String {
        var lines = ["sequence,time,kind,actor,person,detail,hash"]
        for event in events {
            let detail = event.detail.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; ")
            let fields = [
                "\(event.sequence)", event.time.iso8601, event.kind.rawValue, event.actor, event.person ?? "", detail,
                event.hash,
            ]
            lines.append(fields.map(field).joined(separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// Quoted where it has to be. What a spreadsheet would take for a formula is made text.
    private static func field(_ text: String) -> String {
        let harmless = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
        guard harmless.contains(where: { ",\"\r\n".contains($0) || $0 == "\r\n" }) else { return harmless }
        return "\"" + harmless.replacing("\"", with: "\"\"") + "\""
    }
}
