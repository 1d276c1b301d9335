/// The API's description for machines, made of the routes themselves: OpenAPI 3.1.
enum OpenAPIDocument {
    /// - Parameter embeddingLength: Of the server's model.
    static func make(_ routes: [Route], version: String, embeddingLength: Int) -> JSON {
        var paths: [String: [String: JSON]] = [:]
        for route in routes {
            guard let description = route.description else { continue }
            paths[route.pattern.text, default: [:]][route.method.lowercased()] = operation(route, description)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Faceprint", "version": .string(version),
                "summary": "Is this the claimed person, and who is this?",
                "description": """
                The recognition, verification and detection services are those of CompreFace's REST API. \
                Besides its similarity, each match has the L2 distance, the threshold and whether it was met.
                """,
            ],
            "servers": [["url": "/"]],
            "tags": .array(Operation.Tag.allCases.map { ["name": .string($0.rawValue)] }),
            "paths": .object(paths.mapValues(JSON.object)),
            "components": [
                "securitySchemes": [
                    "key": ["type": "apiKey", "in": "header", "name": "x-api-key"]
                ],
                "schemas": [
                    "Error": Schema.error,
                    "Embedding": [
                        "type": "array", "minItems": .integer(embeddingLength),
                        "maxItems": .integer(embeddingLength), "not": ["items": ["const": 0]],
                        "items": Schema.number.with([
                            "minimum": .number(Application.numbers.lowerBound),
                            "maximum": .number(Application.numbers.upperBound),
                        ]),
                    ],
                ],
            ],
        ]
    }

    private static func operation(_ route: Route, _ description: Operation) -> JSON {
        var object: [String: JSON] = [
            "tags": [.string(description.tag.rawValue)],
            "summary": .string(description.summary),
            "operationId": .string(id(of: route)),
            "responses": .object([
                "\(description.status)": answer(description.answer),
                "default": [
                    "description": "What is wrong with the request, and what to do.",
                    "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Error"]]],
                ],
            ]),
        ]
        var parameters = route.pattern.parameterNames.map { name -> JSON in
            [
                "name": .string(name), "in": "path", "required": true,
                "schema": description.pathSchemas[name] ?? Schema.nonEmptyText,
            ]
        }
        parameters += description.query.map { parameter in
            [
                "name": .string(parameter.name), "in": "query", "required": .bool(parameter.isRequired),
                "description": .string(parameter.summary), "schema": parameter.schema,
            ]
        }
        if !parameters.isEmpty { object["parameters"] = .array(parameters) }
        if let body = description.body { object["requestBody"] = request(body) }
        switch route.access {
        case .open, .keyInPath: break
        case .anyKey: object["security"] = [["key": []]]
        case .scope(let scope):
            object["security"] = [["key": []]]
            object["description"] = .string("Needs a key of the scope “\(scope.rawValue)”.")
        }
        return .object(object)
    }

    /// Such as `postRecognitionFaces`.
    private static func id(of route: Route) -> String {
        let words = route.pattern.text.split { !$0.isLetter && !$0.isNumber }.drop { ["api", "v1"].contains($0) }
        return route.method.lowercased() + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func answer(_ answer: Operation.Answer) -> JSON {
        switch answer {
        case .nothing: ["description": "Done."]
        case .json(let schema):
            ["description": "Done.", "content": ["application/json": ["schema": schema]]]
        case .content(let type): ["description": "Done.", "content": .object([type: [:]])]
        }
    }

    private static func request(_ body: Operation.Body) -> JSON {
        switch body {
        case .json(let schema):
            return ["required": true, "content": ["application/json": ["schema": schema]]]
        case .photos(let names, let fields):
            let file: JSON = ["contentMediaType": "application/octet-stream"]
            let base64: JSON = ["type": "string", "contentEncoding": "base64"]
            let encoding = Dictionary(
                uniqueKeysWithValues: names.map { ($0, ["contentType": "image/*"] as JSON) })
            let texts = Dictionary(uniqueKeysWithValues: fields.map { ($0, Schema.claim) })
            func schema(_ photo: JSON) -> JSON {
                Schema.object(
                    Dictionary(uniqueKeysWithValues: names.map { ($0, photo) }), sometimes: texts)
            }
            return [
                "required": true,
                "content": [
                    "multipart/form-data": ["schema": schema(file), "encoding": .object(encoding)],
                    "application/json": ["schema": schema(base64)],
                ],
            ]
        }
    }
}
