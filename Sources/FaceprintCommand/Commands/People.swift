import FaceprintGallery
import Foundation

extension Command {
    static let peopleList = Command(
        "people list", "List who is enrolled.",
        options: [
            .value("limit", "N", "at most so many (default: all)"),
            .value("after", "NAME", "begin after this name: the last one of the page before"), .gallery, .sealKey,
            .json,
        ],
        example: """
            $ faceprint people list
            name    templates  since
            younes  1          2026-11-23
            """
    ) { arguments in
        let limit = try arguments.number("limit", in: 1...1_000_000_000)
        let after = arguments.string("after")
        let gallery = try arguments.gallery()
        let people =
            limit == nil && after == nil ? try gallery.people() : try gallery.people(after: after, limit: limit ?? .max)
        if arguments.has("json") {
            Console.line(try json(people.map(PersonRecord.init)))
        } else {
            // Most galleries have no badges and no groups, and no column for them.
            let hasBadges = people.contains { $0.badge != nil }
            let hasGroups = people.contains { !$0.groups.isEmpty }
            var table = Table(
                ["name", "templates", "since"] + (hasBadges ? ["badge"] : []) + (hasGroups ? ["groups"] : []))
            for person in people {
                let badge = hasBadges ? [person.badge ?? "-"] : []
                let groups = hasGroups ? [person.groups.isEmpty ? "-" : person.groups.joined(separator: ", ")] : []
                table.append([person.name, "\(person.templateCount)", day(person.created)] + badge + groups)
            }
            table.print()
        }
        return .yes
    }

    static let peopleShow = Command(
        "people show", "Show a person's templates.",
        operands: Operands(usage: "NAME", count: 1...1, completion: .nothing),
        options: [.gallery, .sealKey, .json],
        example: """
            $ faceprint people show younes
            younes: 1 template of facenet/warp (1f2e3d4c), badge 17
            enrolled    quality  photo's SHA-256
            2026-11-23  96       4e1243bd22c66e76c2ba9eddc1f91394e57f9f83ad3c2e1d
            """
    ) { arguments in
        let gallery = try arguments.gallery()
        let person = try gallery.person(named: arguments.operands[0])
        let templates = try gallery.templates(of: person.name)
        if arguments.has("json") {
            struct Record: Encodable {
                struct Photo: Encodable {
                    let id: UUID
                    let sha256: String
                    let enrolled: Date
                    let quality: Float?
                    let expires: Date?
                }
                let person: PersonRecord
                let model: String?
                let photos: [Photo]
            }
            Console.line(
                try json(
                    Record(
                        person: PersonRecord(person), model: templates.first.map { "\($0.embedding.space)" },
                        photos: templates.map {
                            .init(
                                id: $0.id, sha256: $0.photoSHA256, enrolled: $0.created, quality: $0.quality,
                                expires: $0.expires)
                        })))
        } else {
            let count = templates.count
            let space = templates.first.map { " of \($0.embedding.space)" } ?? ""
            let badge = person.badge.map { ", badge \($0)" } ?? ""
            let groups = person.groups.isEmpty ? "" : ", groups \(person.groups.joined(separator: ", "))"
            Console.line("\(person.name): \(counted(count, "template", "templates"))\(space)\(badge)\(groups)")
            // Whole photos aren't judged.
            let isJudged = templates.contains { $0.quality != nil }
            let expires = templates.contains { $0.expires != nil }
            var table = Table(
                ["enrolled"] + (expires ? ["expires"] : []) + (isJudged ? ["quality"] : []) + ["photo's SHA-256"])
            for template in templates {
                let end = expires ? [template.expires.map(day) ?? "-"] : []
                let quality = isJudged ? [template.quality.map { "\(Int($0))" } ?? "-"] : []
                table.append([day(template.created)] + end + quality + [template.photoSHA256])
            }
            table.print()
        }
        return .yes
    }

    static let peopleRename = Command(
        "people rename", "Change a person's name.",
        operands: Operands(usage: "NAME NEW-NAME", count: 2...2, completion: .nothing), options: [.gallery, .sealKey],
        example: """
            $ faceprint people rename younes Younès
            younes is now Younès
            """
    ) { arguments in
        let gallery = try arguments.writableGallery()
        try gallery.rename(arguments.operands[0], to: arguments.operands[1])
        let renamed = try gallery.person(named: arguments.operands[1]).name
        Console.line("\(arguments.operands[0]) is now \(renamed)")
        return .yes
    }

    static let peopleBadge = Command(
        "people badge", "Give a person a badge number; without a number, take it away.",
        operands: Operands(usage: "NAME [NUMBER]", count: 1...2, completion: .nothing), options: [.gallery, .sealKey],
        example: """
            $ faceprint people badge younes 17
            younes: badge 17
            """
    ) { arguments in
        let gallery = try arguments.writableGallery()
        let name = arguments.operands[0]
        try gallery.setBadge(arguments.operands.dropFirst().first, of: name)
        let person = try gallery.person(named: name)
        Console.line("\(person.name): \(person.badge.map { "badge \($0)" } ?? "no badge")")
        return .yes
    }

    static let peopleRemove = Command(
        "people remove", "Remove people and all their templates.",
        operands: Operands(usage: "NAME…", count: 1...Int.max, completion: .nothing), options: [.gallery, .sealKey],
        example: """
            $ faceprint people remove younes
            younes: removed
            """
    ) { arguments in
        let gallery = try arguments.writableGallery()
        let isErased = try gallery.remove(arguments.operands)
        for name in arguments.operands { Console.line("\(name): removed") }
        if !isErased {
            Console.error("traces are left in the gallery's free space; `faceprint gallery compact` erases them")
        }
        return .yes
    }
}

private struct PersonRecord: Encodable {
    let name: String
    let templates: Int
    let since: Date
    let badge: String?
    let groups: [String]

    init(_ person: Person) {
        name = person.name
        badge = person.badge
        groups = person.groups
        templates = person.templateCount
        since = person.created
    }
}
