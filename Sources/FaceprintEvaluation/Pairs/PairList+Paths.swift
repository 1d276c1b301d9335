import FaceprintFiles

extension PairList {
    /// Reads a list of paths, one pair a line: `PATH⇥PATH⇥1` for one person, `0` for two. Commas separate as well,
    /// in a line without a tab. Paths are relative to the folder of photos and stay inside of it. All pairs are in
    /// fold 0.
    ///
    /// - Throws: ``EvaluationError/badLine(list:line:reason:)`` or ``EvaluationError/badList(list:reason:)``, and
    ///   `FileError` for a file that can't be read.
    public init(paths path: String) throws {
        try self.init(paths: File.read(path, limit: PairList.sizeLimit), name: path)
    }

    /// Reads such a list from memory.
    ///
    /// - Parameter name: What errors call the list.
    public init(paths bytes: [UInt8], name: String) throws(EvaluationError) {
        let lines = try ListLine.lines(of: bytes, list: name)
        guard !lines.isEmpty else { throw .badList(list: name, reason: "it holds no pairs") }
        self.init(try lines.map { line throws(EvaluationError) in try Pair(paths: line, list: name) })
    }
}

extension Pair {
    fileprivate init(paths line: ListLine, list: String) throws(EvaluationError) {
        let fields = line.fields
        guard fields.count == 3 else {
            throw .badLine(
                list: list, line: line.number,
                reason: "expected “PATH PATH 1” or “PATH PATH 0”, separated by tabs or commas, "
                    + "found \(fields.count) field(s)")
        }
        for path in fields.prefix(2) {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            guard !path.isEmpty, !path.hasPrefix("/"), !parts.contains(".."), !path.contains("\0") else {
                throw .badLine(
                    list: list, line: line.number,
                    reason: "“\(path)” is no path inside the folder of photos")
            }
        }
        guard fields[2] == "0" || fields[2] == "1" else {
            throw .badLine(
                list: list, line: line.number,
                reason: "the last field is “\(fields[2])”; write 1 for one person, 0 for two")
        }
        self.init(first: String(fields[0]), second: String(fields[1]), isGenuine: fields[2] == "1")
    }
}
