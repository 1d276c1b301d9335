extension Command {
    static let completions = Command(
        "completions", "Print a completion script for bash or zsh.",
        operands: Operands(usage: "bash|zsh", count: 1...1, completion: .nothing),
        example: """
            $ source <(faceprint completions bash)
            $ faceprint completions zsh > ~/.zsh/_faceprint
            """
    ) { arguments in
        switch arguments.operands[0] {
        case "bash": Console.line(ShellCompletion.bash(all))
        case "zsh": Console.line(ShellCompletion.zsh(all))
        default: throw UsageError("completions exist for bash and zsh, not for “\(arguments.operands[0])”")
        }
        return .yes
    }
}
