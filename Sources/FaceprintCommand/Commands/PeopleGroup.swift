import FaceprintGallery

extension Command {
    static let peopleGroup = Command(
        "people group", "Say which groups a person is in; without a group, none.",
        operands: Operands(usage: "NAME [GROUP…]", count: 1...Int.max, completion: .nothing),
        options: [.gallery, .sealKey],
        example: """
            $ faceprint people group younes staff night
            younes: groups night, staff
            """
    ) { arguments in
        let gallery = try arguments.writableGallery()
        let name = arguments.operands[0]
        try gallery.setGroups(Array(arguments.operands.dropFirst()), of: name)
        let person = try gallery.person(named: name)
        let groups = person.groups.isEmpty ? "no groups" : "groups \(person.groups.joined(separator: ", "))"
        Console.line("\(person.name): \(groups)")
        return .yes
    }
}
