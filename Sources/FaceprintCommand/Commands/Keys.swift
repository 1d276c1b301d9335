import FaceprintGallery
import Foundation

extension Command {
    static let keyCreate = Command(
        "key create", "Make a key for a program or a page.",
        operands: Operands(usage: "NAME", count: 1...1, completion: .nothing),
        options: [
            .value(
                "scopes", "SCOPE,…",
                "what it opens: \(Scope.allCases.map(\.rawValue).joined(separator: ", ")); "
                    + "admin includes recognise and enrol"), .gallery, .sealKey,
        ],
        example: """
            $ faceprint key create front-desk --scopes door
            fp_5b0d8c1e9a274f63_2JtVq8mN0cYxR4aUe7WdLs1KfHgB9pZ6oTiXvCbQn3E
            """
    ) { arguments in
        let scopes = try arguments.scopes()
        let (key, secret) = try arguments.writableGallery().createKey(named: arguments.operands[0], scopes: scopes)
        Console.line(secret)
        Console.error("keep this key of \(key.name): it is stored nowhere and can't be shown again")
        return .yes
    }

    static let keyList = Command(
        "key list", "List the keys, without their secrets.", options: [.gallery, .sealKey, .json],
        example: """
            $ faceprint key list
            name        scopes  since
            front-desk  door    2026-11-23
            """
    ) { arguments in
        let keys = try arguments.gallery().keys()
        if arguments.has("json") {
            struct Record: Encodable {
                let name: String
                let scopes: [Scope]
                let created: Date
            }
            Console.line(
                try json(keys.map { Record(name: $0.name, scopes: $0.sortedScopes, created: $0.created) }))
        } else {
            var table = Table("name", "scopes", "since")
            for key in keys {
                table.append(key.name, key.sortedScopes.map(\.rawValue).joined(separator: ","), day(key.created))
            }
            table.print()
        }
        return .yes
    }

    static let keyRevoke = Command(
        "key revoke", "End keys, and the sessions that they opened.",
        operands: Operands(usage: "NAME…", count: 1...Int.max, completion: .nothing), options: [.gallery, .sealKey],
        example: """
            $ faceprint key revoke front-desk
            front-desk: revoked
            """
    ) { arguments in
        let gallery = try arguments.writableGallery()
        for name in arguments.operands {
            try gallery.revokeKey(named: name)
            Console.line("\(name): revoked")
        }
        return .yes
    }
}

extension Key {
    fileprivate var sortedScopes: [Scope] { Scope.allCases.filter(scopes.contains) }
}

extension Arguments {
    fileprivate func scopes() throws -> Set<Scope> {
        let allowed = Scope.allCases.map(\.rawValue).joined(separator: ", ")
        guard let text = string("scopes") else {
            throw UsageError("--scopes SCOPE,… is missing; there are \(allowed)")
        }
        return Set(
            try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
                guard let scope = Scope(rawValue: String(word)) else {
                    throw UsageError("--scopes is “\(text)”; allowed is \(allowed), separated by commas")
                }
                return scope
            })
    }
}
