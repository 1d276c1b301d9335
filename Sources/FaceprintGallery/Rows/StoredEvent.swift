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

    private init(_ event: NewEvent, sequence: Int) {
        self.sequence = sequence
        time = event.time.milliseconds ?? 0
        kind = event.kind.rawValue
        actor = event.actor.name.printable(limit: NewEvent.textLimit)
        person = event.person?.printable(limit: NewEvent.textLimit)
        personKey = person.flatMap { try? PersonName($0).key }
        detail = Self.json(event.detail)
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
            let stored = StoredEvent(event, sequence: sequence)
            hash = stored.hash(after: hash)
            try connection.run(
                """
                INSERT INTO event (sequence, time, kind, actor, person, person_key, detail, hash)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """,
                .integer(sequence), .integer(stored.time), .text(stored.kind), .text(stored.actor),
                .text(stored.person), .text(stored.personKey), .text(stored.detail), .blob(hash))
            result.append(try stored.event(hash: hash))
        }
        return result
    }

    /// The sequence and the hash of the last event.
    private static func head(of connection: any Connection) throws(GalleryError) -> (Int, [UInt8]) {
        let row = try connection.prepare("SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1")
        guard try row.step() else { return (0, noHash) }
        return (row.integer(0), Array(row.bytes(1)))
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
        guard let data = try? encoder.encode(printable(detail)) else { preconditionFailure("texts can be encoded") }
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
