import Faceprint

extension TemplateIndex {
    /// Templates of people in the order of their names.
    ///
    /// - Precondition: There is a template.
    public init(_ templates: [(person: String, embedding: Embedding)]) throws {
        self.init(space: templates[0].embedding.space, dimension: templates[0].embedding.count)
        let people = Set(templates.map(\.person)).sorted()
        for (id, name) in people.enumerated() { setPerson(id, name: name) }
        for (id, template) in templates.enumerated() {
            try setTemplate(id, of: people.firstIndex(of: template.person)!, values: template.embedding.values)
        }
    }
}
