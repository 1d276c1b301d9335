import FaceprintGallery
import Foundation

extension Command {
    static let peopleList = Command(
        "people list", "List who is enrolled.", options: [.gallery, .json],
        example: """
            $ faceprint people list
            name    templates  since
            younes  1          2026-11-23
            """
    ) { arguments in
        let people = try arguments.gallery().people()
        if arguments.has("json") {
            Console.line(try json(people.map(PersonRecord.init)))
        } else {
            var table = Table("name", "templates", "since")
            for person in people { table.append(person.name, "\(person.templateCount)", day(person.created)) }
            table.print()
        }
        return .yes
    }

    static let peopleShow = Command(
        "people show", "Show a person's templates.",
        operands: Operands(usage: "NAME", count: 1...1, completion: .nothing),
        options: [.gallery, .json],
        example: """
            $ faceprint people show younes
            younes: 1 template of facenet/standardized (1f2e3d4c)
            enrolled    photo's SHA-256
            2026-11-23  4e1243bd22c66e76c2ba9eddc1f91394e57f9f83ad3c2e1d
            """
    ) { arguments in
        let gallery = try arguments.gallery()
        let person = try gallery.person(named: arguments.operands[0])
        let templates = try gallery.templates(of: person.name)
        if arguments.has("json") {
            struct Record: Encodable {
                struct Photo: Encodable {
                    let sha256: String
                    let enrolled: Date
                }
                let person: PersonRecord
                let model: String?
                let photos: [Photo]
            }
            Console.line(
                try json(
                    Record(
                        person: PersonRecord(person), model: templates.first.map { "\($0.embedding.space)" },
                        photos: templates.map { .init(sha256: $0.photoSHA256, enrolled: $0.created) })))
        } else {
            let count = templates.count
            let space = templates.first.map { " of \($0.embedding.space)" } ?? ""
            Console.line("\(person.name): \(count) \(count == 1 ? "template" : "templates")\(space)")
            var table = Table("enrolled", "photo's SHA-256")
            for template in templates { table.append(day(template.created), template.photoSHA256) }
            table.print()
        }
        return .yes
    }

    static let peopleRename = Command(
        "people rename", "Change a person's name.",
        operands: Operands(usage: "NAME NEW-NAME", count: 2...2, completion: .nothing), options: [.gallery],
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

    static let peopleRemove = Command(
        "people remove", "Remove people and all their templates.",
        operands: Operands(usage: "NAME…", count: 1...Int.max, completion: .nothing), options: [.gallery],
        example: """
            $ faceprint people remove younes
            younes: removed
            """
    ) { arguments in
        let gallery = try arguments.writableGallery()
        for name in arguments.operands {
            try gallery.remove(name)
            Console.line("\(name): removed")
        }
        return .yes
    }
}

private struct PersonRecord: Encodable {
    let name: String
    let templates: Int
    let since: Date

    init(_ person: Person) {
        name = person.name
        templates = person.templateCount
        since = person.created
    }
}

/// The day of a moment in UTC, such as 2026-11-23.
private func day(_ date: Date) -> String { date.formatted(.iso8601.year().month().day()) }
