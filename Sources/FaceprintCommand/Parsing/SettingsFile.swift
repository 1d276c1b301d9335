import CGLib
import FaceprintFiles

/// A file of settings: lines of `option = value` under the heading `[faceprint]`, by the names of a command's options.
/// GLib's key files are what desktop entries are written in: comments begin with `#`.
struct SettingsFile {
    let path: String
    let values: [String: String]

    /// - Throws: ``UsageError`` for a file that isn't of that form, `FileError` for one that can't be read.
    init(path: String) throws {
        self.path = path
        let bytes = try File.read(path, limit: 1 << 20)
        let file = g_key_file_new()!
        defer { g_key_file_unref(file) }
        var error: UnsafeMutablePointer<GError>?
        let isRead = bytes.withUnsafeBytes {
            g_key_file_load_from_data(
                file, $0.bindMemory(to: CChar.self).baseAddress, gsize($0.count), G_KEY_FILE_NONE, &error)
        }
        guard isRead != 0 else {
            defer { g_error_free(error) }
            throw UsageError("“\(path)” is no file of settings: \(String(cString: error!.pointee.message))")
        }
        let group = "faceprint"
        let groups = Self.texts(g_key_file_get_groups(file, nil))
        guard groups.contains(group) else {
            throw UsageError("“\(path)” has no line [\(group)] above its settings")
        }
        if let other = groups.first(where: { $0 != group }) {
            throw UsageError("“\(path)” has a line [\(other)]; all settings stand under [\(group)]")
        }
        var values: [String: String] = [:]
        for key in Self.texts(g_key_file_get_keys(file, group, nil, nil)) {
            let value = g_key_file_get_string(file, group, key, nil)
            defer { g_free(value) }
            guard let value else { throw UsageError("“\(path)” has no readable value for \(key)") }
            values[key] = String(cString: value)
        }
        self.values = values
    }

    /// The texts of a list that ends with NULL, which is freed.
    private static func texts(_ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> [String] {
        guard let list else { return [] }
        defer { g_strfreev(list) }
        return (0..<Int(g_strv_length(list))).map { String(cString: list[$0]!) }
    }
}

extension Arguments {
    /// Options that weren't given on the command line, from the environment and then from a file.
    ///
    /// `--door-name` is `FACEPRINT_DOOR_NAME` there, and `door-name` in the file. Flags are `true` or `false`.
    ///
    /// - Parameters:
    ///   - options: Those that may be set so.
    ///   - file: nil for none.
    /// - Throws: ``UsageError`` for a value that isn't allowed, and for a name in the file that no such option has.
    mutating func addDefaults(of options: [Option], environment: [String: String], file: SettingsFile?) throws {
        for name in file?.values.keys.sorted() ?? [] where !options.contains(where: { $0.name == name }) {
            throw UsageError("“\(file?.path ?? "")” sets \(name), which is none of its settings")
        }
        for option in options where !has(option.name) {
            let variable = option.environmentName
            if let value = environment[variable], !value.isEmpty {
                try set(option, value, source: variable)
            } else if let file, let value = file.values[option.name] {
                try set(option, value, source: "\(option.name) in “\(file.path)”")
            }
        }
    }
}

extension Option {
    /// Such as `FACEPRINT_DOOR_NAME`.
    var environmentName: String {
        "FACEPRINT_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }
}
