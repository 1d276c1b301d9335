import Foundation

/// An event's row. The order of its columns is `sequence, time, kind, actor, person, person_key, detail, hash`.
struct StoredEvent {
    let sequence: Int
    /// In milliseconds since 1970.
    let time: Int
    let kind: String
    let actor: String
    let person: String?
    /// ``person`` as names are compared, to look events up by; nil where it can't be a name.
    let personKey: String?
    /// A JSON object of texts, its keys sorted.
    let detail: String

    /// The link of the chain before the first.
    static let noHash = [UInt8](repeating: 0, count: 32)

    init(_ row: any Statement) {
        sequence = row.integer(0)
        time = row.integer(1)
        kind = row.text(2)
        actor = row.text(3)
        person = row.isNull(4) ? nil : row.text(4)
        personKey = row.isNull(5) ? nil : row.text(5)
        detail = row.text(6)
    }

    /// - Parameter detail: The event's, safe to be printed.
    private init(_ event: NewEvent, detail: [String: String], sequence: Int) {
        self.sequence = sequence
        time = event.time.milliseconds ?? 0
        kind = event.kind.rawValue
        actor = event.actor.name.printable(limit: NewEvent.textLimit)
        person = event.person?.printable(limit: NewEvent.textLimit)
        personKey = person.flatMap { try? PersonName($0).key }
        self.detail = Self.json(detail)
    }

    /// Appends events to the log.
    ///
    /// - Returns: What was appended.
    @discardableResult
    static func append(_ events: [NewEvent], in connection: any Connection) throws(GalleryError) -> [Event] {
        var (sequence, hash) = try head(of: connection)
        var result: [Event] = []
        for event in events {
            sequence += 1
            let detail = Self.printable(event.detail)
            let stored = StoredEvent(event, detail: detail, sequence: sequence)
            hash = stored.hash(after: hash)
            try connection.run(
                """
                INSERT INTO event (sequence, time, kind, actor, person, person_key, detail, hash)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """,
                .integer(sequence), .integer(stored.time), .text(stored.kind), .text(stored.actor),
                .text(stored.person), .text(stored.personKey), .text(stored.detail), .blob(hash))
            result.append(
                Event(
                    sequence: sequence, time: Date(milliseconds: stored.time), kind: event.kind, actor: stored.actor,
                    person: stored.person, detail: detail, hash: hash.hexadecimal))
        }
        return result
    }

    /// The sequence and the hash of the last event.
    private static func head(of connection: any Connection) throws(GalleryError) -> (Int, [UInt8]) {
        let row = try connection.prepare("SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1")
        guard try row.step() else { return try anchor(of: connection) }
        return (try checked(row.integer(0)), Array(row.bytes(1)))
    }

    /// - Returns: A number that others can follow.
    private static func checked(_ sequence: Int) throws(GalleryError) -> Int {
        guard sequence < 1 << 62 else { throw .logBroken(sequence: sequence, reason: "no log is that long") }
        return sequence
    }

    /// The sequence and the hash of the last event that was pruned: what the log's first event follows. 0 and zeros in
    /// a log that is whole.
    static func anchor(of connection: any Connection) throws(GalleryError) -> (sequence: Int, hash: [UInt8]) {
        let row = try connection.prepare("SELECT log_sequence, log_hash FROM state")
        guard try row.step(), row.integer(0) > 0 else { return (0, noHash) }
        return (try checked(row.integer(0)), Array(row.bytes(1)))
    }

    /// Deletes the events at the log's front that are older than a moment, and keeps the hash that the rest follows.
    ///
    /// - Parameter start: In milliseconds since 1970.
    /// - Returns: How many there were.
    static func prune(before start: Int, in connection: any Connection) throws(GalleryError) -> Int {
        let kept = try connection.number(
            "SELECT sequence FROM event WHERE time >= ?1 ORDER BY sequence LIMIT 1", .integer(start))
        let last = try connection.prepare(
            "SELECT sequence, hash FROM event WHERE sequence < ?1 ORDER BY sequence DESC LIMIT 1",
            .integer(kept ?? .max))
        guard try last.step() else { return 0 }
        let (sequence, hash) = (last.integer(0), Array(last.bytes(1)))
        let count = try connection.number("SELECT count(*) FROM event WHERE sequence <= ?1", .integer(sequence)) ?? 0
        try connection.run("DELETE FROM event WHERE sequence <= ?1", .integer(sequence))
        try connection.run(
            "UPDATE state SET log_sequence = ?1, log_hash = ?2", .integer(sequence), .blob(hash))
        return count
    }

    /// The event, safe to be printed whatever the file holds.
    func event(hash: [UInt8]) throws(GalleryError) -> Event {
        guard let kind = Event.Kind(rawValue: kind) else {
            throw .damagedEvent(sequence: sequence, reason: "its kind is \(kind.quoted)")
        }
        guard let detail = try? JSONDecoder().decode([String: String].self, from: Data(detail.utf8)) else {
            throw .damagedEvent(sequence: sequence, reason: "its detail can't be read")
        }
        return Event(
            sequence: sequence, time: Date(milliseconds: time), kind: kind,
            actor: actor.printable(limit: NewEvent.textLimit), person: person?.printable(limit: NewEvent.textLimit),
            detail: Self.printable(detail), hash: hash.hexadecimal)
    }

    /// SHA-256 of the hash before and of every column: numbers in 8 bytes, the first the highest; texts in UTF-8 after
    /// their length; a missing text is the length 2⁶⁴ − 1.
    func hash(after previous: [UInt8]) -> [UInt8] {
        Sodium.sha256 { hash in
            hash.update(previous)
            hash.update(UInt64(bitPattern: Int64(sequence)).bigEndianBytes)
            hash.update(UInt64(bitPattern: Int64(time)).bigEndianBytes)
            for text in [kind, actor, person, personKey, detail] {
                hash.update((text.map { UInt64($0.utf8.count) } ?? .max).bigEndianBytes)
                hash.update((text ?? "").utf8)
            }
        }
    }

    private static func json(_ detail: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(detail) else { preconditionFailure("texts can be encoded") }
        return String(decoding: data, as: UTF8.self)
    }

    private static func printable(_ detail: [String: String]) -> [String: String] {
        let pairs = detail.map { ($0.printable(limit: NewEvent.textLimit), $1.printable(limit: NewEvent.textLimit)) }
        return Dictionary(pairs) { first, _ in first }
    }
}

extension Collection<UInt8> {
    /// Two lower-case digits a byte.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension UInt64 {
    fileprivate var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
