import FaceprintGallery
import Foundation

/// One change that a writer makes to people whom no other writer touches, or to the gallery, of which it is the only
/// writer then.
///
/// Its text is a part of the line by which a writer reports it.
enum StressOperation: Equatable, CustomStringConvertible {
    case enroll(person: String, template: Int)
    case rename(person: String, to: String)
    case merge(person: String, into: String)
    case remove(person: String)
    case removeTemplate(Int)
    case group(person: String, Int)
    case badge(person: String, Int)
    /// A key by the name of its file.
    case seal(key: String)
    case rekey(key: String)
    case unseal
    case importing
    /// Of all that is over when ``stressEnd`` is.
    case expire

    /// - Parameter text: Words separated by spaces; names have none.
    init?(_ text: Substring) {
        let words = text.split(separator: " ").map(String.init)
        let number = words.last.flatMap(Int.init) ?? 0
        switch (words.first, words.count) {
        case ("enroll", 3): self = .enroll(person: words[1], template: number)
        case ("rename", 3): self = .rename(person: words[1], to: words[2])
        case ("merge", 3): self = .merge(person: words[1], into: words[2])
        case ("remove", 2): self = .remove(person: words[1])
        case ("removeTemplate", 2): self = .removeTemplate(number)
        case ("group", 3): self = .group(person: words[1], number)
        case ("badge", 3): self = .badge(person: words[1], number)
        case ("seal", 2): self = .seal(key: words[1])
        case ("rekey", 2): self = .rekey(key: words[1])
        case ("unseal", 1): self = .unseal
        case ("import", 1): self = .importing
        case ("expire", 1): self = .expire
        default: return nil
        }
    }

    var description: String {
        switch self {
        case .enroll(let person, let template): "enroll \(person) \(template)"
        case .rename(let person, let name): "rename \(person) \(name)"
        case .merge(let person, let other): "merge \(person) \(other)"
        case .remove(let person): "remove \(person)"
        case .removeTemplate(let template): "removeTemplate \(template)"
        case .group(let person, let number): "group \(person) \(number)"
        case .badge(let person, let number): "badge \(person) \(number)"
        case .seal(let key): "seal \(key)"
        case .rekey(let key): "rekey \(key)"
        case .unseal: "unseal"
        case .importing: "import"
        case .expire: "expire"
        }
    }

    /// The first word of its text.
    var kind: String { String(description.prefix { $0 != " " }) }

    static let kinds = [
        "enroll", "rename", "merge", "remove", "removeTemplate", "group", "badge", "seal", "rekey", "unseal", "import",
        "expire",
    ]

    /// - Parameter files: For those that need some.
    func run(on gallery: Gallery, _ files: StressFiles?) throws {
        switch self {
        case .enroll(let person, let template): try gallery.enroll(person, stressTemplate(template))
        case .rename(let person, let name): try gallery.rename(person, to: name)
        case .merge(let person, let other): try gallery.rename(person, to: other, merging: true)
        case .remove(let person): try gallery.remove(person)
        case .removeTemplate(let template): try gallery.removeTemplate(stressID(template))
        case .group(let person, let number): try gallery.setGroups(["g\(number)"], of: person)
        case .badge(let person, let number): try gallery.setBadge("b\(number)", of: person)
        case .seal(let key): try gallery.seal(with: files!.key(key))
        case .rekey(let key): try gallery.rekey(to: files!.key(key))
        case .unseal: try gallery.unseal()
        case .importing: try gallery.import(from: files!.export())
        case .expire: try gallery.expire(now: stressEnd.addingTimeInterval(1))
        }
    }
}
