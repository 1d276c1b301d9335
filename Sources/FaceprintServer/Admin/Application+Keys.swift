import FaceprintGallery
import Foundation

/// The API keys.
extension Application {
    private struct KeyRecord: Encodable {
        let name: String
        let scopes: [String]
        let created: Date
        /// Only in the answer that makes it.
        var key: String?

        init(_ key: Key, secret: String? = nil) {
            name = key.name
            scopes = key.scopes.map(\.rawValue).sorted()
            created = key.created
            self.key = secret
        }
    }

    private struct Keys: Encodable {
        let keys: [KeyRecord]
    }

    private struct NewKey: Decodable {
        let name: String
        let scopes: Set<Scope>
    }

    private static let scopes: JSON = [
        "type": "array", "items": Schema.choice(Scope.allCases.map(\.rawValue)), "minItems": 1,
    ]
    private static let key: [String: JSON] = [
        "name": Schema.text, "scopes": scopes, "created": Schema.moment,
    ]

    static let keyRoutes: [Route] = [
        Route(
            "GET", "/api/v1/admin/keys", .scope(.admin),
            Operation(
                tag: .admin, summary: "List the API keys. Their texts are not kept.",
                answer: .json(Schema.object(["keys": Schema.list(Schema.object(key))])))
        ) { app, _ in
            try .json(Keys(keys: try app.gallery.keys().map { KeyRecord($0) }))
        },
        Route(
            "POST", "/api/v1/admin/keys", .scope(.admin),
            Operation(
                tag: .admin, summary: "Make an API key. Its text is in this answer and nowhere else.",
                body: .json(Schema.object(["name": Schema.name, "scopes": scopes])), status: 201,
                answer: .json(Schema.object(key.merging(["key": Schema.text]) { $1 })))
        ) { app, call in
            let wanted = try call.request.json(NewKey.self)
            let (key, secret) = try app.gallery.createKey(named: wanted.name, scopes: wanted.scopes, by: call.actor)
            return try .json(KeyRecord(key, secret: secret), status: 201)
        },
        Route(
            "DELETE", "/api/v1/admin/keys/{name}", .scope(.admin),
            Operation(
                tag: .admin, summary: "Revoke an API key; pages that logged in with it are logged out.", status: 204,
                answer: .nothing, pathSchemas: ["name": Schema.name])
        ) { app, call in
            try app.gallery.revokeKey(named: call["name"], by: call.actor)
            return .noContent
        },
    ]
}
