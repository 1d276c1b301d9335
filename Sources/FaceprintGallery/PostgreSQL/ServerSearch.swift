#if PostgreSQL
    import Faceprint
    import Foundation

    /// A search for the nearest people by the gallery's database itself, so that no process has to hold all templates.
    struct ServerSearch: GallerySearch {
        private let gallery: Gallery
        private let store: PostgresStore
        /// nil to measure all.
        private let effort: Int?

        /// - Parameter kind: Another than in memory.
        /// - Throws: ``GalleryError/noServerSearch(path:reason:)`` where the database can't, or an error of the store.
        init(_ gallery: Gallery, _ kind: SearchKind) throws(GalleryError) {
            self.gallery = gallery
            store = try gallery.postgres()
            effort = if case .hnsw(let effort) = kind { max(1, min(effort, 1000)) } else { nil }
            try store.read { (c) throws(GalleryError) in
                try VectorTable.requireExtension(in: c, path: gallery.location)
                _ = try gallery.searchedSpace(in: c)
            }
        }

        func space() throws -> EmbeddingSpace? { try gallery.space() }

        /// A damaged template has no vector here.
        func damage() -> [GalleryError] { [] }

        func nearestPeople(
            to probes: [Embedding], count: Int, nearestTemplates: Int, among group: String?
        ) throws -> [[Candidate]] {
            let group = try group.map { (group) throws(GalleryError) in try PersonName(group).key }
            let now = Date().milliseconds ?? 0
            // A server answers a connection with one of its cores.
            return try concurrentMap(probes, workers: PostgresPool.limit / 2) { (probe) throws(GalleryError) in
                try nearestPeople(to: probe, count, nearestTemplates, among: group, now: now)
            }
        }

        private func nearestPeople(
            to probe: Embedding, _ wanted: Int, _ nearestTemplates: Int, among group: String?, now: Int
        ) throws(GalleryError) -> [Candidate] {
            let text = VectorTable.text(of: probe.values)
            let (product, isTooMuch) = wanted.multipliedReportingOverflow(by: nearestTemplates)
            let first = isTooMuch ? NearestVectors.most : min(product, NearestVectors.most)
            return try store.read(with: settings) { (c) throws(GalleryError) in
                guard let space = try gallery.searchedSpace(in: c) else { return [] }
                guard space == probe.space else { throw .otherSpace(gallery: space, found: probe.space) }
                // The nearest vectors may be one person's: ask for more until they decide who is nearest.
                var limit = first
                var isExact = effort == nil
                while true {
                    let vectors = try NearestVectors(
                        to: text, limit: limit, among: group, now: now, isExact: isExact, in: c)
                    if vectors.isAll, !isExact {
                        // A graph can lead past some of what a filter leaves: these few are all measured.
                        isExact = true
                    } else if let people = vectors.people(wanted, nearestTemplates: nearestTemplates) {
                        return people
                    } else {
                        limit = min(4 * limit, NearestVectors.most)
                    }
                }
            }
        }

        /// For a transaction. Where the graph gives too little, it is asked to go on, in the right order, as far as it
        /// reaches. The plan is made for the values at hand: one for any values would not use the graph.
        private var settings: String {
            guard let effort else { return "" }
            return """
                SET LOCAL hnsw.ef_search = \(effort);
                SET LOCAL hnsw.iterative_scan = strict_order;
                SET LOCAL hnsw.max_scan_tuples = 2147483647;
                SET LOCAL plan_cache_mode = force_custom_plan
                """
        }
    }

    extension Gallery {
        /// Keeps vectors for a search by the database from now on, and makes them, with their index, of all templates
        /// that there are, but for damaged ones. Whoever can read the database can read them, in a sealed gallery too.
        ///
        /// Others can't change the gallery meanwhile. For a million templates it takes minutes, and far fewer where the
        /// server's `maintenance_work_mem` holds the graph, about 1 GB for each million of 128 components.
        ///
        /// - Throws: ``GalleryError/noServerSearch(path:reason:)`` where it can't, or an error of the store.
        public func makeServerSearch() throws(GalleryError) {
            try postgres().writeApart { (c) throws(GalleryError) in
                if try VectorTable.extensionVersion(in: c) == nil { try VectorTable.addExtension(c) }
                try VectorTable.requireExtension(in: c, path: location)
                try c.run("UPDATE state SET keeps_vectors = true")
                try VectorTable.remove(from: c)
                guard let stored = try StoredSpace(c, path: location) else { return }
                guard stored.dimension <= VectorTable.dimensionLimit else {
                    throw .noServerSearch(
                        path: location, reason: "pgvector indexes no more than \(VectorTable.dimensionLimit) components"
                    )
                }
                try VectorTable.make(dimension: stored.dimension, in: c)
                var batch: [SearchedTemplate] = []
                try SearchedTemplate.all(stored, sealer: sealer(in: c), in: c) { (template) throws(GalleryError) in
                    guard template.defect == nil else { return }
                    batch.append(template)
                    guard batch.count == 1000 else { return }
                    try VectorTable.add(batch, in: c)
                    batch = []
                }
                try VectorTable.add(batch, in: c)
                try VectorTable.makeIndex(in: c)
            }
        }

        /// Removes what ``makeServerSearch()`` has made, and keeps no such vectors from now on.
        public func removeServerSearch() throws(GalleryError) {
            try postgres().writeApart { (c) throws(GalleryError) in
                try c.run("UPDATE state SET keeps_vectors = false")
                try VectorTable.remove(from: c)
            }
        }

        /// - Returns: nil for a gallery without templates.
        fileprivate func searchedSpace(in connection: any Connection) throws(GalleryError) -> EmbeddingSpace? {
            guard let stored = try StoredSpace(connection, path: location) else { return nil }
            guard try VectorTable.dimension(in: connection) == stored.dimension else {
                throw .noServerSearch(
                    path: location, reason: "it keeps no vectors for that; `faceprint gallery index` makes them")
            }
            return stored.space
        }

        fileprivate func postgres() throws(GalleryError) -> PostgresStore {
            guard let store = store as? PostgresStore else {
                throw .noServerSearch(path: location, reason: "only a PostgreSQL database can")
            }
            return store
        }
    }
#else
    extension Gallery {
        /// Not in software that was built without the trait PostgreSQL.
        public func makeServerSearch() throws(GalleryError) { throw noServerSearch }

        /// Not in software that was built without the trait PostgreSQL.
        public func removeServerSearch() throws(GalleryError) { throw noServerSearch }

        private var noServerSearch: GalleryError {
            .noServerSearch(path: location, reason: "this software was built without the trait PostgreSQL")
        }
    }
#endif
