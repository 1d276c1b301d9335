/// A line of a table for a spreadsheet (RFC 4180).
public enum CSVRow {
    /// Fields are quoted where they have to be. What a spreadsheet would take for a formula is made text.
    ///
    /// - Returns: The line without its end, which is CR and LF.
    public static func text(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") }

    private static func field(_ text: String) -> String {
        let harmless = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
        guard harmless.contains(where: { ",\"\r\n".contains($0) || $0 == "\r\n" }) else { return harmless }
        return "\"" + harmless.replacing("\"", with: "\"\"") + "\""
    }
}
