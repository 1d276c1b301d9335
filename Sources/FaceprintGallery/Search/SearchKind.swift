/// How the people nearest to a probe are found.
public enum SearchKind: Hashable, Sendable {
    /// Exactly, in this process' memory: a ``GalleryIndex``.
    case exact
    /// Exactly, by a PostgreSQL server that compares all templates.
    case server
    /// By the HNSW index of a PostgreSQL server (Malkov and Yashunin, 2018), which may overlook somebody.
    ///
    /// - Parameter effort: `ef_search`, how many templates are looked at, 1…1000: more overlook less.
    case hnsw(effort: Int)

    /// What `--search` knows.
    public static let names = ["exact", "server", "hnsw"]
    public static let standardEffort = 100
}

extension Gallery {
    /// A search that follows this gallery.
    ///
    /// - Throws: ``GalleryError/noServerSearch(path:reason:)`` where the store can't search, or an error of the store.
    public func search(_ kind: SearchKind = .exact) throws(GalleryError) -> any GallerySearch {
        switch kind {
        case .exact: return GalleryIndex(self)
        case .server, .hnsw:
            #if PostgreSQL
                return try ServerSearch(self, kind)
            #else
                throw .noServerSearch(path: location, reason: "this software was built without the trait PostgreSQL")
            #endif
        }
    }
}
