import FaceprintGallery

/// One operation of the server: when it is meant, who may call it, what it does, and how the API's document describes
/// it.
struct Route: Sendable {
    enum Access: Sendable {
        /// Anybody.
        case open
        /// Whoever has a key or a session, of whatever scope.
        case anyKey
        case scope(Scope)
        /// The key stands in the path, for the address of an image: see ``PathPattern``.
        case keyInPath
    }

    typealias Handler = @Sendable (Application, Call) throws -> Response

    let method: String
    let pattern: PathPattern
    let access: Access
    /// nil for pages, which the document doesn't list.
    let description: Operation?
    let handler: Handler

    init(
        _ method: String, _ path: String, _ access: Access, _ description: Operation? = nil,
        handler: @escaping Handler
    ) {
        self.method = method
        pattern = PathPattern(path)
        self.access = access
        self.description = description
        self.handler = handler
    }
}

/// A request with what the server has found out about it.
struct Call: Sendable {
    let request: Request
    /// What stands in the path in the places of the pattern's names.
    let parameters: [String: String]
    /// nil where anybody may call.
    let caller: Caller?

    /// Who calls, for the log of events.
    var actor: Actor { caller?.actor ?? Actor("anybody") }

    subscript(_ parameter: String) -> String { parameters[parameter] ?? "" }
}
