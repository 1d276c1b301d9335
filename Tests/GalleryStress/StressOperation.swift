import FaceprintGallery
import Foundation

/// One change that a writer makes to people whom no other writer touches.
///
/// Its text is the line by which a writer reports it.
enum StressOperation: Equatable, CustomStringConvertible {
    case enroll(person: String, template: Int)
    case rename(person: String, to: String)
    case remove(person: String)
    case removeTemplate(Int)
    case group(person: String, name: String)

    /// - Parameter text: Words separated by spaces; names have none.
    init?(_ text: Substring) {
        let words = text.split(separator: " ").map(String.init)
        switch (words.first, words.count) {
        case ("enroll", 3): self = .enroll(person: words[1], template: Int(words[2]) ?? 0)
        case ("rename", 3): self = .rename(person: words[1], to: words[2])
        case ("remove", 2): self = .remove(person: words[1])
        case ("removeTemplate", 2): self = .removeTemplate(Int(words[1]) ?? 0)
        case ("group", 3): self = .group(person: words[1], name: words[2])
        default: return nil
        }
    }

    var description: String {
        switch self {
        case .enroll(let person, let template): "enroll \(person) \(template)"
        case .rename(let person, let name): "rename \(person) \(name)"
        case .remove(let person): "remove \(person)"
        case .removeTemplate(let template): "removeTemplate \(template)"
        case .group(let person, let name): "group \(person) \(name)"
        }
    }

    func run(on gallery: Gallery) throws {
        switch self {
        case .enroll(let person, let template): try gallery.enroll(person, stressTemplate(template))
        case .rename(let person, let name): try gallery.rename(person, to: name)
        case .remove(let person): try gallery.remove(person)
        case .removeTemplate(let template): try gallery.removeTemplate(stressID(template))
        case .group(let person, let name): try gallery.setGroups([name], of: person)
        }
    }
}
