import Glibc

/// A verb of the command line: what it is called, what it takes, and what it does.
///
/// Parsing, help and shell completion all come from this one description.
struct Command: Sendable {
    /// What can follow the verb besides options.
    struct Operands: Sendable {
        /// For the help, such as `NAME PHOTO…`.
        let usage: String
        /// How many there may be.
        let count: ClosedRange<Int>
        let completion: Option.Completion

        static let none = Operands(usage: "", count: 0...0, completion: .nothing)

        init(usage: String, count: ClosedRange<Int>, completion: Option.Completion = .file) {
            self.usage = usage
            self.count = count
            self.completion = completion
        }
    }

    /// One word, or two: `["people", "rename"]`.
    let path: [String]
    let summary: String
    let operands: Operands
    let options: [Option]
    /// A command line that works, with what it prints.
    let example: String
    let run: @Sendable (Arguments) throws -> ExitStatus

    init(
        _ path: String, _ summary: String, operands: Operands = .none, options: [Option] = [], example: String,
        run: @escaping @Sendable (Arguments) throws -> ExitStatus
    ) {
        self.path = path.split(separator: " ").map(String.init)
        self.summary = summary
        self.operands = operands
        self.options = options
        self.example = example
        self.run = run
    }

    var name: String { path.joined(separator: " ") }
}

/// What a script sees of a command's end.
enum ExitStatus: Int32 {
    /// Yes, or done.
    case yes = 0
    /// No: another person, or nobody known.
    case no = 1
    /// The command line can't be understood.
    case usage = 2
    /// What was asked can't be done.
    case failure = 3

    /// Ends the process at once, and doesn't take the libraries down that other threads are at work in.
    func leave() -> Never { _exit(rawValue) }
}

/// A command line that can't be understood.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
