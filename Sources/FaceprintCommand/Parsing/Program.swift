/// Finds the command, runs it, and turns what it throws into one line on standard error.
enum Program {
    static func run(_ words: [String]) -> ExitStatus {
        do {
            return try dispatch(words)
        } catch let error as UsageError {
            Console.error("\(error); see `faceprint \(helpHint(words))--help`")
            return .usage
        } catch {
            Console.error("\(error)")
            return .failure
        }
    }

    private static func dispatch(_ words: [String]) throws -> ExitStatus {
        let commands = Command.all
        guard let first = words.first, !["help", "--help", "-h"].contains(words.joined(separator: " ")) else {
            Console.line(Help.overview(commands))
            return words.isEmpty ? .usage : .yes
        }
        if first == "--version" || first == "version" {
            Console.line("faceprint \(version)")
            return .yes
        }
        if first == "help" { return try dispatch(Array(words.dropFirst()) + ["--help"]) }
        guard let command = command(for: words) else {
            let group = commands.filter { $0.path[0] == first }.map { $0.path.dropFirst().joined() }
            throw UsageError(
                group.isEmpty
                    ? "there is no command “\(first)”"
                    : "“\(first)” is followed by one of \(group.joined(separator: ", "))")
        }
        let rest = Array(words.dropFirst(command.path.count))
        if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
            Console.line(Help.page(command))
            return .yes
        }
        let arguments = try Arguments(parsing: rest, for: command)
        TimingsReport.begin()
        defer { if arguments.has("timings") { TimingsReport.print() } }
        return try command.run(arguments)
    }

    private static func command(for words: [String]) -> Command? {
        Command.all.first { words.starts(with: $0.path) }
    }

    private static func helpHint(_ words: [String]) -> String {
        command(for: words).map { $0.name + " " } ?? ""
    }
}
