/// An option of a command, such as `--threshold DISTANCE`.
struct Option: Sendable {
    /// What a shell may offer for the value.
    enum Completion: Sendable {
        case nothing, file, folder
    }

    /// Without the dashes.
    let name: String
    /// What stands for its value in the help; nil for a flag.
    let placeholder: String?
    let help: String
    /// The values that are allowed; empty for any.
    let choices: [String]
    let completion: Completion

    private init(
        _ name: String, _ placeholder: String?, _ help: String, choices: [String] = [],
        completion: Completion = .nothing
    ) {
        self.name = name
        self.placeholder = placeholder
        self.help = help
        self.choices = choices
        self.completion = completion
    }

    static func flag(_ name: String, _ help: String) -> Option { Option(name, nil, help) }

    static func value(
        _ name: String, _ placeholder: String, _ help: String, completion: Completion = .nothing
    ) -> Option {
        Option(name, placeholder, help, completion: completion)
    }

    static func choice(_ name: String, _ choices: [String], _ help: String) -> Option {
        Option(name, choices.joined(separator: "|"), help, choices: choices)
    }
}
