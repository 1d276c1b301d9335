/// The pages that `--help` shows.
enum Help {
    /// Of the program.
    static func overview(_ commands: [Command]) -> String {
        let width = commands.map(\.name.count).max() ?? 0
        let lines = commands.map { "  \($0.name.padded(to: width))  \($0.summary)" }
        return """
            Face recognition: is this the claimed person, and who is this?

            usage: faceprint COMMAND …

            \(lines.joined(separator: "\n"))

            `faceprint COMMAND --help` says more, with an example. `faceprint --version` names the version.
            Exit status: 0 yes or done, 1 no, 2 wrong usage, 3 failure.
            """
    }

    /// Of one command.
    static func page(_ command: Command) -> String {
        let words = ["usage: faceprint", command.name, command.operands.usage, "[OPTION…]"]
        let labels = command.options.map { "--\($0.name)" + ($0.placeholder.map { " \($0)" } ?? "") }
        let width = min(labels.map(\.count).max() ?? 0, 32)
        let lines = zip(labels, command.options).map { label, option in
            label.count > width
                ? "  \(label)\n  \(String(repeating: " ", count: width))  \(option.help)"
                : "  \(label.padded(to: width))  \(option.help)"
        }
        return """
            \(command.summary)

            \(words.filter { !$0.isEmpty }.joined(separator: " "))

            \(lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n\n")example:
            \(command.example.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
            """
    }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
