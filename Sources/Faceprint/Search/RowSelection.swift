/// The rows in which a search for people looks.
struct RowSelection {
    enum Rows {
        case all
        /// These, each once.
        case few([Int])
        /// Those that pass.
        case many(RowFilter)
    }

    let rows: Rows
    /// How many they are at most.
    let count: Int

    /// The rows of the people who are in one of the groups; all for nil.
    init(_ groups: Set<String>?, of people: PeopleTable, rows: TemplateRows) {
        guard let groups = groups?.map(people.group) else {
            (self.rows, count) = (.all, rows.count)
            return
        }
        let most = min(groups.reduce(0) { $0 + $1.templateCount }, rows.count)
        let members = groups.map(\.members)
        // A row by itself takes about as long to be read as this many in their order.
        if most < rows.count / 64 {
            let own = members.reduce(into: Set()) { $0.formUnion($1) }.sorted()
                .compactMap { people[$0].row }.flatMap(rows.rows(with:))
            (self.rows, count) = (.few(own), own.count)
        } else {
            let filter: RowFilter = { row in members.contains { $0.contains(rows.owner(of: row)) } }
            (self.rows, count) = (.many(filter), most)
        }
    }
}
