// getopt keeps its state in global variables; the command line is read once, by one thread.
@preconcurrency import CGetopt
import Glibc

/// The options and operands of one call, as `getopt_long` reads them.
struct Arguments {
    private(set) var operands: [String] = []
    private var values: [String: String] = [:]
    /// Where options were read that don't stand on the command line.
    private var sources: [String: String] = [:]

    /// - Parameter words: What follows the verb.
    /// - Throws: ``UsageError`` for an option that is unknown, lacks its value or has one that isn't allowed, and
    ///   for too few or too many operands.
    init(parsing words: [String], for command: Command) throws {
        // The first word is the program's name to getopt; it reorders the others.
        var pointers: [UnsafeMutablePointer<CChar>?] = (["faceprint"] + words).map { strdup($0) } + [nil]
        let allocated = pointers
        let names = command.options.map { strdup($0.name) }
        defer { for pointer in allocated + names { free(pointer) } }
        let table =
            zip(command.options, names).map { known, name in
                let takes = known.placeholder == nil ? no_argument : required_argument
                return option(name: name, has_arg: takes, flag: nil, val: 0)
            } + [option()]

        let count = Int32(words.count + 1)
        optind = 0
        opterr = 0
        while true {
            var index: Int32 = -1
            // The leading colon tells a missing value from an unknown option.
            let found = getopt_long(count, &pointers, ":", table, &index)
            if found == -1 { break }
            let word = pointers[Int(optind) - 1].map { String(cString: $0) } ?? ""
            guard found == 0 else {
                throw UsageError(
                    found == Int32(UInt8(ascii: ":"))
                        ? "\(word) needs a value" : "“\(command.name)” knows no option \(word)")
            }
            let known = command.options[Int(index)]
            let value = optarg.map { String(cString: $0) } ?? ""
            try check(known, value, source: "--\(known.name)")
            values[known.name] = value
        }
        operands = pointers[Int(optind)..<Int(count)].map { String(cString: $0!) }
        guard command.operands.count.contains(operands.count) else {
            let wanted = command.operands.usage
            throw UsageError("“\(command.name)” takes \(wanted.isEmpty ? "no more words" : wanted)")
        }
    }

    /// Sets an option that was read elsewhere than on the command line.
    ///
    /// - Parameter source: Where it was read, for messages.
    mutating func set(_ option: Option, _ value: String, source: String) throws {
        if option.placeholder == nil {
            guard ["true", "false"].contains(value) else {
                throw UsageError("\(source) is “\(value)”; allowed is true, false")
            }
            if value == "false" { return }
        }
        try check(option, value, source: source)
        values[option.name] = value
        sources[option.name] = source
    }

    /// Where an option was read, for messages.
    func source(of option: String) -> String { sources[option] ?? "--\(option)" }

    private func check(_ option: Option, _ value: String, source: String) throws {
        guard option.choices.isEmpty || option.choices.contains(value) else {
            throw UsageError("\(source) is “\(value)”; allowed is \(option.choices.joined(separator: ", "))")
        }
    }

    func has(_ flag: String) -> Bool { values[flag] != nil }

    func string(_ option: String) -> String? { values[option] }

    /// - Throws: ``UsageError`` for a value that is no number in the range.
    func number<Number: LosslessStringConvertible & Comparable>(
        _ option: String, in range: ClosedRange<Number>
    ) throws -> Number? {
        guard let text = values[option] else { return nil }
        guard let number = Number(text), range.contains(number) else {
            let allowed = "a number from \(range.lowerBound) to \(range.upperBound)"
            throw UsageError("\(source(of: option)) is “\(text)”; allowed is \(allowed)")
        }
        return number
    }
}
