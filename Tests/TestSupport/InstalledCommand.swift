import Foundation
import Testing

/// Programs that tests use; `make test` installs them where it may.
public enum InstalledCommand {
    /// The path of the first that is here.
    public static func find(_ names: [String]) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let paths = names.flatMap { name in folders.map { "\($0)/\(name)" } }
        return paths.first(where: FileManager.default.isExecutableFile)
    }

    fileprivate static func isPresent(_ names: [String]) -> Bool {
        if find(names) == nil { print("skipped: \(names[0]) is not here") }
        return find(names) != nil
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where a program is missing.
    ///
    /// - Parameter names: That it may have.
    public static func needs(command names: String...) -> Self {
        .enabled(if: InstalledCommand.isPresent(names), "\(names[0]) is not here")
    }
}
