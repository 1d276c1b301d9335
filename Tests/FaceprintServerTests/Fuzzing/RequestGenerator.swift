import Foundation
import TestSupport

@testable import FaceprintServer

/// Makes requests that are nearly right, the same from the same seed.
struct RequestGenerator {
    struct Made {
        let method: String
        let bytes: [UInt8]
    }

    private(set) var random: SeededRandom
    private let key: String
    private let photo: [UInt8]
    private let routes: [Route]

    /// - Parameters:
    ///   - key: One that is right.
    ///   - photo: One that decodes.
    init(seed: UInt64, key: String, photo: [UInt8]) {
        random = SeededRandom(seed: seed)
        self.key = key
        self.photo = photo
        // Pages stand for themselves: one is enough of them.
        routes = Application.routes.filter { $0.description != nil || $0.pattern.text == "/" }
    }

    /// A request that says truly how long it is, so that it has to be answered, whatever it holds.
    mutating func framed() -> Made {
        let route = nextRoute()
        let method = chance(20) ? pick(["HEAD", "OPTIONS", "PATCH", "TRACE", "GET", "DELETE", "PUT"]) : route.method
        let (type, body) = body(of: route)
        var lines = ["\(method) \(target(of: route)) HTTP/1.1", "Host: door"]
        if !chance(10) { lines.append("x-api-key: \(chance(20) ? wrongKey() : key)") }
        if let type { lines.append("Content-Type: \(type)") }
        if chance(15) { lines.append("Cookie: faceprint_session=\(headerText())") }
        if chance(15) { lines.append("X-CSRF-Token: \(headerText())") }
        if chance(30) { lines.append("X-\(pick(["A", "Forwarded-For", "HTTP-Method-Override"])): \(headerText())") }
        guard !body.isEmpty, chance(3) else {
            lines.append("Content-Length: \(body.count)")
            return Made(method: method, bytes: Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        }
        lines.append("Transfer-Encoding: chunked")
        return Made(
            method: method, bytes: Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + chunked(body))
    }

    /// A request that has been damaged somewhere, or cut short.
    mutating func damaged() -> [UInt8] {
        var bytes = framed().bytes
        if chance(30) {
            // Of another length than it says.
            bytes = replaceNumber(after: "Content-Length: ", in: bytes)
        } else if chance(20) {
            let byte: UInt8 = pick([0x41, 0x0A, 0x20, 0x2F, 0xFF])
            let filling = repeatElement(byte, count: pick([9_000, 70_000]))
            bytes.insert(contentsOf: filling, at: 5)
        } else if chance(20) {
            let other = framed().bytes
            bytes = bytes.prefix(pick(0...bytes.count)) + other.suffix(pick(0...other.count))
        }
        return Mutation.of(bytes, &random)
    }

    // MARK: - Parts

    private mutating func nextRoute() -> Route {
        while true {
            let route = pick(routes)
            // These take long on purpose, or as long as the log that this run writes is.
            let isSlow =
                route.pattern.text == "/api/v1/admin/keys" && route.method == "POST"
                || ["/api/v1/admin/log/verify", "/api/v1/admin/events/export"].contains(route.pattern.text)
            if !isSlow || chance(300) { return route }
        }
    }

    private mutating func target(of route: Route) -> String {
        var path = ""
        for part in route.pattern.parts {
            switch part {
            case .fixed(let text): path += "/" + (chance(100) ? urlText() : text)
            case .parameter("api_key"): path += "/" + (chance(2) ? key : urlText())
            case .parameter: path += "/" + (chance(2) ? UUID().uuidString : urlText())
            }
        }
        var query: [String] = []
        for parameter in route.description?.query ?? [] where chance(2) {
            query.append("\(parameter.name)=\(chance(2) ? likelyValue() : urlText())")
        }
        if chance(10) { query.append("\(urlText())=\(urlText())") }
        if path.isEmpty { path = "/" }
        return query.isEmpty ? path : path + "?" + query.joined(separator: pick(["&", "&", "&&", ";"]))
    }

    private mutating func body(of route: Route) -> (type: String?, bytes: [UInt8]) {
        if chance(20) {
            return (pick(["text/plain", "application/json", "multipart/form-data", headerText()]), noise())
        }
        switch route.description?.body {
        case nil: return (nil, chance(10) ? noise() : [])
        case .json: return ("application/json", json(of: route))
        case .photos(let names, let fields):
            guard chance(4) else { return form(names + fields) }
            let members = names.map { name in
                "\"\(name)\":\"\(chance(4) ? urlText() : Data(somePhoto()).base64EncodedString())\""
            }
            return ("application/json", Mutation.sometimes(Array("{\(members.joined(separator: ","))}".utf8), &random))
        }
    }

    private mutating func json(of route: Route) -> [UInt8] {
        if chance(40) {
            let depth = pick([100, 3_000, 30_000])
            return Array((String(repeating: pick(["[", "{\"a\":"]), count: depth) + "1").utf8)
        }
        let names = [
            "subject", "name", "badge", "claim", "key", "threshold", "embeddings", "source", "targets", "scopes",
        ]
        let members = names.filter { _ in !chance(3) }.map { "\"\($0)\":\(jsonValue(depth: 0))" }
        let text = chance(6) ? jsonValue(depth: 0) : "{\(members.joined(separator: ","))}"
        return Mutation.sometimes(Array(text.utf8), &random)
    }

    private mutating func jsonValue(depth: Int) -> String {
        switch pick(0...(depth < 3 ? 9 : 7)) {
        case 0: return pick(["null", "true", "false"])
        case 1: return pick(["0", "-1", "1e999", "1e-999", "9223372036854775808", "0.5", "-0", "NaN", "1.0e0"])
        case 2: return "\"\(UUID().uuidString)\""
        case 3: return "[[\((0..<8).map { "0.\($0)" }.joined(separator: ","))]]"
        case 4...7: return "\"\(pick(Self.names))\""
        case 8: return "[\((0..<pick(0...4)).map { _ in jsonValue(depth: depth + 1) }.joined(separator: ","))]"
        default: return "{\"\(pick(["a", "subject", ""]))\":\(jsonValue(depth: depth + 1))}"
        }
    }

    private mutating func form(_ names: [String]) -> (String, [UInt8]) {
        let boundary = chance(20) ? pick(["", "-", "--", String(repeating: "b", count: 70), "b c", "=\"b\""]) : "b7"
        var bytes: [UInt8] = []
        for name in names where !chance(15) {
            var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(chance(20) ? headerText() : name)\""
            if chance(2) { head += "; filename=\"\(headerText())\"\r\nContent-Type: image/png" }
            bytes += Array("\(head)\r\n\r\n".utf8) + somePhoto() + Array("\r\n".utf8)
        }
        bytes += Array("--\(boundary)--\r\n".utf8)
        return ("multipart/form-data; boundary=\(boundary)", Mutation.sometimes(bytes, &random))
    }

    private mutating func somePhoto() -> [UInt8] {
        switch pick(0...7) {
        case 0: noise()
        case 1: Mutation.of(photo, &random)
        case 2: Array(photo.prefix(pick(0...photo.count)))
        default: photo
        }
    }

    private mutating func chunked(_ body: [UInt8]) -> [UInt8] {
        var rest = body[...]
        var bytes: [UInt8] = []
        while !rest.isEmpty {
            let piece = rest.prefix(pick([1, 7, 100, 5_000]))
            let size = String(piece.count, radix: 16) + (chance(20) ? ";x=y" : "")
            bytes += Array("\(size)\r\n".utf8) + piece + Array("\r\n".utf8)
            rest = rest.dropFirst(piece.count)
        }
        return bytes + Array("0\r\n\(chance(10) ? "X-Trailer: a\r\n" : "")\r\n".utf8)
    }

    private mutating func replaceNumber(after name: String, in bytes: [UInt8]) -> [UInt8] {
        guard let place = bytes.firstRange(of: Array(name.utf8)) else { return bytes }
        let numbers = ["0", "1", "-1", "99999999", "18446744073709551615", "18446744073709551616", "0x10", "1 1", ""]
        let end = bytes[place.upperBound...].firstIndex(of: 0x0D) ?? bytes.endIndex
        return bytes[..<place.upperBound] + Array(pick(numbers).utf8) + bytes[end...]
    }

    // MARK: - Texts

    private static let names = [
        "Ada", "Grace", "grace", "a/b", "Zoë", "\\u0000", "\\ud800", "\\u202e", "", " ", "0042", "../../etc/passwd",
        "' OR 1=1 --", "<script>", "%00", "=1+1", "recognise", "enrol",
    ]

    private mutating func urlText() -> String {
        pick([
            "Ada", "Grace", "a%2Fb", "Zo%C3%AB", "%00", "%FF", "%C0%AF", "%", "%2", "..", "%2e%2e", ".", "%5C", "",
            "+", "%0d%0a", "\u{7F}", "'", "\"", "<", "[", "|", "^", "%ED%A0%80", "%F4%90%80%80", "%u0041",
            String(repeating: "a", count: 5_000), String(repeating: "%41", count: 300), "NaN", "-1", "1e400",
            "9223372036854775808", "0", "2026-11-24T09:30:00Z", "door.opened",
        ])
    }

    private mutating func likelyValue() -> String {
        pick([
            "1", "0", "true", "false", "0.5", "Ada", "Grace", "landmarks,calculator,pose,quality", "csv", "json", "20",
        ])
    }

    /// Without what would end a line.
    private mutating func headerText() -> String {
        pick(["", "a", "\"", "=;,", "\u{80}é", String(repeating: "h", count: 2_000), "a; b=\"c", "../x", "\t", "%00"])
    }

    private mutating func wrongKey() -> String {
        pick([
            "", "fp_", "fp_x_y", String(key.dropLast()), key + "A", key.uppercased(),
            String(repeating: "k", count: 3_000),
        ])
    }

    private mutating func noise() -> [UInt8] {
        (0..<pick(0...200)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    // MARK: -

    /// True once in so many times.
    mutating func chance(_ times: Int) -> Bool { pick(0..<times) == 0 }
    mutating func pick(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func pick<T>(_ choices: [T]) -> T { choices[pick(choices.indices)] }
}

/// Small damages of bytes.
enum Mutation {
    private static let special: [UInt8] = [0, 0x0A, 0x0D, 0x20, 0x25, 0x2D, 0x3A, 0x7F, 0x80, 0xFF]

    static func sometimes(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        Int.random(in: 0..<3, using: &random) == 0 ? of(bytes, &random) : bytes
    }

    static func of(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...5, using: &random) where !result.isEmpty {
            let place = Int.random(in: result.indices, using: &random)
            let end = min(result.count, place + Int.random(in: 1...16, using: &random))
            switch Int.random(in: 0..<9, using: &random) {
            case 0: result.removeSubrange(place..<end)
            case 1: result.insert(contentsOf: result[place..<end], at: place)
            case 2: result.removeSubrange(place...)
            case 3: result[place] = special.randomElement(using: &random)!
            case 4: result.insert(contentsOf: Array("\r\n".utf8), at: place)
            case 5: result.insert(contentsOf: Array("--b7".utf8), at: place)
            default: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        }
        return result
    }
}
