/// Scripts that let a shell complete commands, options and their values.
enum ShellCompletion {
    /// To be sourced by bash.
    static func bash(_ commands: [Command]) -> String {
        """
        # bash completion for faceprint
        _faceprint() {
            local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
            local verb=${COMP_WORDS[1]} words=""
            case $verb in
        \(groups(commands).map { "        \($0)) verb=\"$verb ${COMP_WORDS[2]}\" ;;" }.joined(separator: "\n"))
            esac
            case "$verb $before" in
        \(commands.flatMap(valueCases).joined(separator: "\n"))
            esac
            if ((COMP_CWORD == 1)); then
                words="\(firstWords(commands).joined(separator: " ")) help --help --version"
            else
                case "${COMP_WORDS[1]} $COMP_CWORD" in
        \(groups(commands).map { "            \"\($0) 2\") words=\"\(secondWords($0, commands).joined(separator: " "))\" ;;" }
            .joined(separator: "\n"))
                *)
                    case $verb in
        \(commands.map(wordCase).joined(separator: "\n"))
                    esac
                    [[ $word == -* ]] || { COMPREPLY=($(compgen -f -- "$word")); return; }
                    ;;
                esac
            fi
            COMPREPLY=($(compgen -W "$words" -- "$word"))
        }
        complete -o filenames -F _faceprint faceprint
        """
    }

    /// To be put in a folder of `$fpath` as `_faceprint`.
    static func zsh(_ commands: [Command]) -> String {
        """
        #compdef faceprint
        # zsh completion for faceprint
        _faceprint() {
            local verb=$words[2] skip=1
            if ((CURRENT == 2)); then
                _values command \(firstWords(commands).map { "'\($0)'" }.joined(separator: " ")) help
                return
            fi
            case $verb in
            \(groups(commands).joined(separator: " | ")))
                if ((CURRENT == 3)); then
                    case $verb in
        \(groups(commands).map { "            \($0)) _values command \(secondWords($0, commands).joined(separator: " ")) ;;" }
            .joined(separator: "\n"))
                    esac
                    return
                fi
                verb="$verb $words[3]" skip=2
                ;;
            esac
            words=("$words[1]" "${(@)words[2 + skip,-1]}")
            ((CURRENT -= skip))
            case $verb in
        \(commands.map(zshCase).joined(separator: "\n"))
            esac
        }
        _faceprint "$@"
        """
    }

    private static func firstWords(_ commands: [Command]) -> [String] {
        commands.map { $0.path[0] }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The first words that a second one follows.
    private static func groups(_ commands: [Command]) -> [String] {
        firstWords(commands.filter { $0.path.count == 2 })
    }

    private static func secondWords(_ group: String, _ commands: [Command]) -> [String] {
        commands.filter { $0.path[0] == group }.map { $0.path[1] }
    }

    private static func valueCases(_ command: Command) -> [String] {
        command.options.filter { $0.placeholder != nil }.map { option in
            let offer =
                !option.choices.isEmpty
                ? "compgen -W \"\(option.choices.joined(separator: " "))\""
                : option.completion == .folder ? "compgen -d" : option.completion == .file ? "compgen -f" : ":"
            return "    \"\(command.name) --\(option.name)\") COMPREPLY=($(\(offer) -- \"$word\")); return ;;"
        }
    }

    private static func wordCase(_ command: Command) -> String {
        let options = command.options.map { "--\($0.name)" } + ["--help"]
        return "            \"\(command.name)\") words=\"\(options.joined(separator: " "))\" ;;"
    }

    private static func zshCase(_ command: Command) -> String {
        let options = command.options.map { option in
            let text = option.help.filter { !"[]:'".contains($0) }
            guard option.placeholder != nil else { return "'--\(option.name)[\(text)]'" }
            let action =
                !option.choices.isEmpty
                ? "(\(option.choices.joined(separator: " ")))"
                : option.completion == .folder ? "_files -/" : option.completion == .file ? "_files" : ""
            return "'--\(option.name)[\(text)]:\(option.name):\(action)'"
        }
        let operands = command.operands.completion == .file ? "'*:file:_files'" : "'*:name:'"
        return "    \"\(command.name)\") _arguments \((options + ["--help", operands]).joined(separator: " ")) ;;"
    }
}
