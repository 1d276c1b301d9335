/// Finds the route of a request.
struct Router: Sendable {
    let routes: [Route]
    /// Routes by the number of their path's parts, those with the fewest parameters first.
    private let byLength: [Int: [Route]]

    init(_ routes: [Route]) {
        self.routes = routes
        byLength = Dictionary(grouping: routes) { $0.pattern.parts.count }.mapValues { routes in
            routes.sorted { $0.pattern.parameterNames.count < $1.pattern.parameterNames.count }
        }
    }

    /// - Throws: ``HTTPError/noSuchPage``, or ``HTTPError/wrongMethod(_:)`` for a path that takes other methods.
    func route(for request: Request) throws(HTTPError) -> (route: Route, parameters: [String: String]) {
        // HEAD is GET without the body, which the HTTP library leaves out.
        let method = request.method == "HEAD" ? "GET" : request.method
        var methods: [String] = []
        var found: PathPattern?
        for route in byLength[request.path.count] ?? [] {
            // A path is what is written of it before it is a value: “faces/delete” is no face.
            guard let parameters = route.pattern.match(request.path), found == nil || found == route.pattern else {
                continue
            }
            found = route.pattern
            if route.method == method { return (route, parameters) }
            methods.append(route.method)
        }
        throw methods.isEmpty ? .noSuchPage : .wrongMethod(methods)
    }
}
