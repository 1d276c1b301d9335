import Faceprint
import Foundation

/// Distances for people: four decimals.
func formatted(_ distance: Float) -> String { String(format: "%.4f", distance) }

/// The day of a moment in UTC, such as 2026-11-23.
func day(_ date: Date) -> String { date.formatted(.iso8601.year().month().day()) }

/// A value as JSON on one or more lines, its keys sorted.
func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// A value as JSON on one line, its keys sorted.
func jsonLine(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// A quality for people: the total, and below 100 what it comes from, such as “quality 62 (head pose yaw 34°)”.
func formatted(_ quality: FaceQuality) -> String {
    let weakest = quality.weakest
    let reason = " (\(weakest.component.title) \(weakest.component.text(weakest.value)))"
    return "quality \(Int(quality.total))\(quality.total < 100 ? reason : "")"
}

/// Such as “1 person” or “12 people”.
func counted(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }

/// Bytes for people, such as “12.4 MB”.
func formatted(bytes: Int) -> String {
    let (value, unit) =
        switch bytes {
        case ..<1000: (Double(bytes), "bytes")
        case ..<1_000_000: (Double(bytes) / 1e3, "kB")
        case ..<1_000_000_000: (Double(bytes) / 1e6, "MB")
        default: (Double(bytes) / 1e9, "GB")
        }
    return bytes < 1000 ? "\(bytes) bytes" : String(format: "%.1f %@", value, unit)
}
