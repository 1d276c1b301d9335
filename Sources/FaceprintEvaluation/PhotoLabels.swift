import FaceprintFiles

/// Labels of photos or of persons, such as an age group, to report rates by group.
///
/// ```swift
/// let labels = try PhotoLabels(contentsOf: "groups.csv")
/// labels.label(ofPhoto: "Abel_Pacheco/Abel_Pacheco_0001.jpg", identity: "Abel_Pacheco")
/// ```
public struct PhotoLabels: Hashable, Sendable {
    private let labels: [String: String]

    /// Reads a list of `PHOTO,LABEL` or `PERSON,LABEL`, one a line; a tab separates as well, in a line that has one.
    /// Names that no photo has, such as those of a header, do no harm.
    ///
    /// - Throws: ``EvaluationError/badLine(list:line:reason:)`` or ``EvaluationError/badList(list:reason:)``, and
    ///   `FileError` for a file that can't be read.
    public init(contentsOf path: String) throws {
        try self.init(File.read(path, limit: PairList.sizeLimit), name: path)
    }

    /// Reads such a list from memory.
    ///
    /// - Parameter name: What errors call the list.
    public init(_ bytes: [UInt8], name: String) throws(EvaluationError) {
        var labels: [String: String] = [:]
        for line in try ListLine.lines(of: bytes, list: name) {
            let fields = line.fields
            guard fields.count == 2, !fields[0].isEmpty, !fields[1].isEmpty else {
                throw .badLine(
                    list: name, line: line.number,
                    reason: "expected “PHOTO,LABEL” or “PERSON,LABEL”, found \(fields.count) field(s)")
            }
            let (key, label) = (String(fields[0]), String(fields[1]))
            if let other = labels.updateValue(label, forKey: key), other != label {
                throw .badLine(
                    list: name, line: line.number, reason: "“\(key)” is “\(label)” here and “\(other)” above")
            }
        }
        guard !labels.isEmpty else { throw .badList(list: name, reason: "it holds no labels") }
        self.labels = labels
    }

    /// The photo's own label, or that of the person; nil where neither has one.
    public func label(ofPhoto photo: String, identity: String?) -> String? {
        labels[photo] ?? identity.flatMap { labels[$0] }
    }
}
