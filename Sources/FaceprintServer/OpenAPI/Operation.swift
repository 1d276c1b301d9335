/// What the API's document says about a route.
struct Operation: Sendable {
    /// The group that it stands in.
    enum Tag: String, CaseIterable, Sendable {
        case subjects, faces, recognition, verification, detection, door, pages, admin, operation
    }

    struct Parameter: Sendable {
        let name: String
        let summary: String
        let schema: JSON
        var isRequired = false
    }

    enum Body: Sendable {
        /// Photos by the names of their parts: in multipart/form-data, or in Base64 in JSON. The fields are texts
        /// that may stand beside them in a form.
        case photos([String], fields: [String] = [])
        case json(JSON)
    }

    enum Answer: Sendable {
        case json(JSON)
        case content(String)
        case nothing
    }

    let tag: Tag
    let summary: String
    var query: [Parameter] = []
    var body: Body?
    var status = 200
    let answer: Answer
    /// For parameters of the path: what is not plain text.
    var pathSchemas: [String: JSON] = [:]
}
