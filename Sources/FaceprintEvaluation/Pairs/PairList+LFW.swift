import FaceprintFiles

extension PairList {
    /// Reads a list in the form of LFW's `pairs.txt` (Huang, Ramesh, Berg and Learned-Miller, *Labeled Faces in
    /// the Wild*, 2007).
    ///
    /// The first line may say `folds⇥pairs`: each fold then has that many genuine pairs and as many impostor pairs
    /// after them. One number alone means one fold. Without such a line, a fold begins where a genuine pair
    /// follows an impostor pair. `name⇥i⇥j` are photos i and j of one person, `name⇥i⇥name⇥j` are of two. Photo i
    /// of a person is `name/name_000i.jpg`.
    ///
    /// - Throws: ``EvaluationError/badLine(list:line:reason:)`` or ``EvaluationError/badList(list:reason:)``, and
    ///   `FileError` for a file that can't be read.
    public init(lfw path: String) throws {
        try self.init(lfw: File.read(path, limit: PairList.sizeLimit), name: path)
    }

    /// Reads such a list from memory.
    ///
    /// - Parameter name: What errors call the list.
    public init(lfw bytes: [UInt8], name: String) throws(EvaluationError) {
        var lines = try ListLine.lines(of: bytes, list: name)[...]
        let header = try lines.first.flatMap { line throws(EvaluationError) in try LFWHeader(line, list: name) }
        if header != nil { lines.removeFirst() }
        var pairs: [Pair] = []
        pairs.reserveCapacity(lines.count)
        for line in lines {
            let fold: Int
            if let header {
                fold = pairs.count / (2 * header.pairsPerFold)
            } else {
                fold = pairs.last?.fold ?? 0
            }
            var pair = try Pair(lfw: line, list: name, fold: fold)
            if let header {
                let isInFirstHalf = pairs.count % (2 * header.pairsPerFold) < header.pairsPerFold
                guard pair.isGenuine == isInFirstHalf else {
                    throw .badLine(
                        list: name, line: line.number,
                        reason:
                            "here the first line's \(header) ask for \(isInFirstHalf ? "one person" : "two persons")"
                    )
                }
            } else if let last = pairs.last, pair.isGenuine && !last.isGenuine {
                pair = Pair(first: pair.first, second: pair.second, isGenuine: true, fold: fold + 1)
            }
            pairs.append(pair)
        }
        if let header, pairs.count != header.pairCount {
            throw .badList(
                list: name,
                reason: "the first line's \(header) make \(header.pairCount) pairs, but it has \(pairs.count)")
        }
        guard !pairs.isEmpty else { throw .badList(list: name, reason: "it holds no pairs") }
        self.init(pairs)
    }
}

private struct LFWHeader: CustomStringConvertible {
    let folds: Int
    let pairsPerFold: Int

    var pairCount: Int { 2 * folds * pairsPerFold }
    var description: String { "\(folds) folds of \(pairsPerFold) genuine and as many impostor pairs" }

    /// Nil for a line that is a pair.
    init?(_ line: ListLine, list: String) throws(EvaluationError) {
        let fields = line.text.split(whereSeparator: \.isWhitespace)
        guard fields.count <= 2 else { return nil }
        let numbers = fields.compactMap { Int($0) }
        // A million each keeps the product far from an overflow.
        guard numbers.count == fields.count, numbers.allSatisfy({ (1...1_000_000).contains($0) }) else {
            throw .badLine(
                list: list, line: line.number,
                reason: "expected the numbers of folds and of pairs in each, found “\(line.text)”")
        }
        folds = numbers.count == 2 ? numbers[0] : 1
        pairsPerFold = numbers[numbers.count - 1]
    }
}

extension Pair {
    fileprivate init(lfw line: ListLine, list: String, fold: Int) throws(EvaluationError) {
        let fields = line.text.split(whereSeparator: \.isWhitespace)
        func photo(_ name: Substring, _ number: Substring) throws(EvaluationError) -> String {
            guard name != ".", name != "..", !name.contains("/"), !name.contains("\0") else {
                throw .badLine(list: list, line: line.number, reason: "“\(name)” is no name of a folder of photos")
            }
            guard let number = Int(number), (1...999_999).contains(number) else {
                throw .badLine(list: list, line: line.number, reason: "“\(number)” is no number of a photo")
            }
            let digits = String(number)
            return "\(name)/\(name)_\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits).jpg"
        }
        switch fields.count {
        case 3:
            self.init(
                first: try photo(fields[0], fields[1]), second: try photo(fields[0], fields[2]),
                isGenuine: true, fold: fold)
        case 4:
            guard fields[0] != fields[2] else {
                throw .badLine(
                    list: list, line: line.number,
                    reason: "a pair of two persons names “\(fields[0])” twice; write “\(fields[0]) i j” for one person")
            }
            self.init(
                first: try photo(fields[0], fields[1]), second: try photo(fields[2], fields[3]),
                isGenuine: false, fold: fold)
        default:
            throw .badLine(
                list: list, line: line.number,
                reason: "expected “name i j” or “name i name j”, found \(fields.count) fields")
        }
    }
}
