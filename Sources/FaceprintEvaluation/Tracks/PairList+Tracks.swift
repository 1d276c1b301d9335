import FaceprintFiles

extension PairList {
    /// Reads a list of pairs of tracks in the form of the `splits.txt` of YouTube Faces (Wolf, Hassner and Maoz, *Face
    /// recognition in unconstrained videos with matched background similarity*, 2011).
    ///
    /// A line has the number of the split, from 1, the two tracks as `PERSON/TRACK`, a similarity that isn't used, and 1
    /// for one person or 0 for two, separated by commas or tabs. The first line may be a heading.
    ///
    /// - Throws: ``EvaluationError/badLine(list:line:reason:)`` or ``EvaluationError/badList(list:reason:)``, and
    ///   `FileError` for a file that can't be read.
    public init(tracks path: String) throws {
        try self.init(tracks: File.read(path, limit: PairList.sizeLimit), name: path)
    }

    /// Reads such a list from memory.
    ///
    /// - Parameter name: What errors call the list.
    public init(tracks bytes: [UInt8], name: String) throws(EvaluationError) {
        var lines = try ListLine.lines(of: bytes, list: name)[...]
        if let first = lines.first, Int(first.fields[0]) == nil { lines.removeFirst() }
        guard !lines.isEmpty else { throw .badList(list: name, reason: "it holds no pairs") }
        self.init(try lines.map { line throws(EvaluationError) in try Pair(tracks: line, list: name) })
    }
}

extension Pair {
    fileprivate init(tracks line: ListLine, list: String) throws(EvaluationError) {
        let fields = line.fields
        func bad(_ reason: String) -> EvaluationError { .badLine(list: list, line: line.number, reason: reason) }
        guard fields.count == 5 else {
            throw bad(
                "expected “split, PERSON/TRACK, PERSON/TRACK, similarity, 1” or 0, found \(fields.count) field(s)")
        }
        guard let split = Int(fields[0]), (1...1000).contains(split) else {
            throw bad("“\(fields[0])” is no number of a split; allowed is 1 to 1000")
        }
        for track in fields[1...2] {
            let parts = track.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !["", ".", ".."].contains($0) && !$0.contains("\0") }) else {
                throw bad("“\(track)” is no track; it has to be PERSON/TRACK")
            }
        }
        guard fields[4] == "0" || fields[4] == "1" else {
            throw bad("the last field is “\(fields[4])”; write 1 for one person, 0 for two")
        }
        self.init(
            first: String(fields[1]), second: String(fields[2]), isGenuine: fields[4] == "1", fold: split - 1)
    }
}
