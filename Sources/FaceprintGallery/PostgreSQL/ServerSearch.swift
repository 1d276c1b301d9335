#if PostgreSQL
    import Faceprint
    import Foundation

    /// A search for the nearest people by the gallery's database itself, so that no process has to hold all templates.
    public struct ServerSearch: Sendable {
        /// How the database looks for the nearest vectors.
        public enum Method: Hashable, Sendable {
            /// It measures all of them.
            case exact
            /// It follows a graph (HNSW), and may miss a few. `effort` (`ef_search`, 1…1000) is how many vectors are
            /// kept in view: more takes longer and misses fewer.
            case hnsw(effort: Int)
        }

        /// What made the templates.
        public let space: EmbeddingSpace
        private let store: PostgresStore
        private let method: Method
        private let dimension: Int

        fileprivate init(_ store: PostgresStore, _ method: Method, _ stored: StoredSpace) {
            self.store = store
            self.method = method
            space = stored.space
            dimension = stored.dimension
        }

        /// The people nearest to each of many probes, nearest first: by the mean distance to the nearest few of each
        /// one's templates. Templates that have expired don't count.
        ///
        /// - Parameters:
        ///   - probes: The embeddings of photos.
        ///   - wanted: How many people, at least 1.
        ///   - nearestTemplates: How many templates of a person count, at least 1; all of a person who has fewer.
        ///   - groups: Only people in one of these groups are looked for; nil for everybody.
        /// - Throws: `FaceprintError.incomparable` when a probe was made by another model or profile, or a
        ///   ``GalleryError``.
        public func nearestPeople(
            to probes: [Embedding], count wanted: Int, nearestTemplates: Int = 1, among groups: Set<String>? = nil
        ) throws -> [[Candidate]] {
            for probe in probes where probe.space != space {
                throw FaceprintError.incomparable("\(probe.space)", "\(space)")
            }
            let keys = try groups.map { (groups) throws(GalleryError) in
                try groups.map { (name) throws(GalleryError) in try PersonName(name).key }.joined(separator: "\n")
            }
            let now = Date().milliseconds ?? 0
            // A server answers a connection with one of its cores.
            return try concurrentMap(probes, workers: PostgresPool.limit / 2) { (probe) throws(GalleryError) in
                try nearestPeople(to: probe, wanted, nearestTemplates, groups: keys, now: now)
            }
        }

        private func nearestPeople(
            to probe: Embedding, _ wanted: Int, _ nearestTemplates: Int, groups: String?, now: Int
        ) throws(GalleryError) -> [Candidate] {
            let text = VectorTable.text(of: probe.values)
            let (product, isTooMuch) = wanted.multipliedReportingOverflow(by: nearestTemplates)
            let first = isTooMuch ? Self.mostRows : min(product, Self.mostRows)
            return try store.read(with: settings) { (c) throws(GalleryError) in
                guard try StoredSpace(c, path: store.name)?.space == space else {
                    throw .noServerSearch(path: store.name, reason: "its model was changed; begin the search anew")
                }
                var method = method
                var limit = first
                while true {
                    let rows = try Rows(
                        c, method, probe: text, limit: limit, groups: groups, now: now)
                    let isAll = rows.count < limit
                    if isAll, method != .exact {
                        // A graph can lead past some of what a filter leaves: these few are all measured.
                        method = .exact
                        continue
                    }
                    if let candidates = rows.candidates(wanted, nearestTemplates, isAll: isAll) { return candidates }
                    limit = min(4 * limit, Self.mostRows)
                }
            }
        }

        /// How many rows are asked for at most: more than a database holds.
        private static let mostRows = 1 << 40

        /// For a transaction. Where the index gives too little, it is asked to go on, in the right order, as far as it
        /// reaches. The plan is made for the values at hand: one for any values would not use the index.
        private var settings: String {
            switch method {
            case .exact:
                ""
            case .hnsw(let effort):
                """
                SET LOCAL hnsw.ef_search = \(max(1, min(effort, 1000)));
                SET LOCAL hnsw.iterative_scan = strict_order;
                SET LOCAL hnsw.max_scan_tuples = 2147483647;
                SET LOCAL plan_cache_mode = force_custom_plan
                """
            }
        }

        /// The nearest rows, nearest first.
        private struct Rows {
            private var distances: [Float] = []
            /// Indices into ``names`` and ``templateCounts``.
            private var owners: [Int] = []
            private var names: [String] = []
            private var templateCounts: [Int] = []

            var count: Int { distances.count }

            init(
                _ connection: any Connection, _ method: Method, probe: String, limit: Int, groups: String?, now: Int
            ) throws(GalleryError) {
                let sql =
                    switch (method, groups) {
                    case (.exact, nil): ServerSearch.exact
                    case (.exact, _): ServerSearch.exactAmongGroups
                    case (.hnsw, nil): ServerSearch.hnsw
                    case (.hnsw, _): ServerSearch.hnswAmongGroups
                    }
                let rows = try connection.prepare(
                    sql, .text(probe), .integer(limit), .integer(now), .text(groups))
                var places: [Int: Int] = [:]
                while try rows.step() {
                    let person = rows.integer(0)
                    if places[person] == nil {
                        places[person] = names.count
                        names.append(try StoredPerson.name(rows.text(1), id: person))
                        templateCounts.append(rows.integer(3))
                    }
                    distances.append(Float(rows.real(2) ?? .nan))
                    owners.append(places[person] ?? 0)
                }
            }

            /// - Returns: nil where more rows are needed to know.
            func candidates(_ wanted: Int, _ nearestTemplates: Int, isAll: Bool) -> [Candidate]? {
                var ranking = PersonRanking(templateCounts: templateCounts, nearestTemplates: nearestTemplates)
                for (distance, owner) in zip(distances, owners) { ranking.add(distance, of: owner) }
                guard isAll || ranking.isDecided(for: wanted) else { return nil }
                return ranking.nearest(wanted).map { Candidate(person: names[$0.owner], distance: $0.distance) }
            }
        }
    }

    extension ServerSearch {
        // The nearest rows, and then of these the names and how many templates their people have. What is sorted by is
        // the index's own expression, or, with “+ 0”, one that it doesn't know.

        static let hnsw: StaticString = """
            SELECT person.id, person.name, near.distance,
                (SELECT count(*) FROM template_vector AS each
                    WHERE each.person = person.id AND (each.expires IS NULL OR each.expires > ?3))
            FROM (
                SELECT template, person, embedding <-> CAST(?1 AS vector) AS distance FROM template_vector
                WHERE (expires IS NULL OR expires > ?3) AND ?4 IS NULL
                ORDER BY embedding <-> CAST(?1 AS vector) LIMIT ?2
            ) AS near JOIN person ON person.id = near.person
            ORDER BY near.distance, near.template
            """

        private static let hnswAmongGroups: StaticString = """
            SELECT person.id, person.name, near.distance,
                (SELECT count(*) FROM template_vector AS each
                    WHERE each.person = person.id AND (each.expires IS NULL OR each.expires > ?3))
            FROM (
                SELECT template, person, embedding <-> CAST(?1 AS vector) AS distance FROM template_vector
                WHERE (expires IS NULL OR expires > ?3) AND person IN (
                    SELECT membership.person FROM membership WHERE key = ANY (string_to_array(?4, chr(10))))
                ORDER BY embedding <-> CAST(?1 AS vector) LIMIT ?2
            ) AS near JOIN person ON person.id = near.person
            ORDER BY near.distance, near.template
            """

        static let exact: StaticString = """
            SELECT person.id, person.name, near.distance,
                (SELECT count(*) FROM template_vector AS each
                    WHERE each.person = person.id AND (each.expires IS NULL OR each.expires > ?3))
            FROM (
                SELECT template, person, embedding <-> CAST(?1 AS vector) AS distance FROM template_vector
                WHERE (expires IS NULL OR expires > ?3) AND ?4 IS NULL
                ORDER BY (embedding <-> CAST(?1 AS vector)) + 0 LIMIT ?2
            ) AS near JOIN person ON person.id = near.person
            ORDER BY near.distance, near.template
            """

        private static let exactAmongGroups: StaticString = """
            SELECT person.id, person.name, near.distance,
                (SELECT count(*) FROM template_vector AS each
                    WHERE each.person = person.id AND (each.expires IS NULL OR each.expires > ?3))
            FROM (
                SELECT template, person, embedding <-> CAST(?1 AS vector) AS distance FROM template_vector
                WHERE (expires IS NULL OR expires > ?3) AND person IN (
                    SELECT membership.person FROM membership WHERE key = ANY (string_to_array(?4, chr(10))))
                ORDER BY (embedding <-> CAST(?1 AS vector)) + 0 LIMIT ?2
            ) AS near JOIN person ON person.id = near.person
            ORDER BY near.distance, near.template
            """
    }

    extension Gallery {
        /// Lets the gallery's database search.
        ///
        /// - Returns: nil while the gallery has no templates.
        /// - Throws: ``GalleryError/noServerSearch(path:reason:)`` where it can't, or an error of the store.
        public func serverSearch(_ method: ServerSearch.Method) throws(GalleryError) -> ServerSearch? {
            let store = try postgres()
            let found = try store.read { (c) throws(GalleryError) -> StoredSpace? in
                guard let stored = try StoredSpace(c, path: location) else { return nil }
                try requireExtension(c)
                guard try VectorTable.dimension(in: c) == stored.dimension else {
                    throw .noServerSearch(
                        path: location, reason: "it keeps no vectors for that; have them made, which takes a while")
                }
                return stored
            }
            return found.map { ServerSearch(store, method, $0) }
        }

        /// Keeps vectors for a search by the database from now on, and makes them, with their index, of all templates
        /// that there are. Whoever can read the database can read them, in a sealed gallery too.
        ///
        /// Others can't change the gallery meanwhile. For a million templates it takes minutes, and far fewer where the
        /// server's `maintenance_work_mem` holds the graph, about 1 GB for each million of 128 components.
        ///
        /// - Throws: ``GalleryError/noServerSearch(path:reason:)`` where it can't, or an error of the store.
        public func makeServerSearch() throws(GalleryError) {
            try postgres().writeApart { (c) throws(GalleryError) in
                if try VectorTable.extensionVersion(in: c) == nil { try VectorTable.addExtension(c) }
                try requireExtension(c)
                try c.run("UPDATE state SET keeps_vectors = true")
                try VectorTable.remove(from: c)
                guard let stored = try StoredSpace(c, path: location) else { return }
                guard stored.dimension <= VectorTable.dimensionLimit else {
                    throw .noServerSearch(
                        path: location, reason: "pgvector indexes no more than \(VectorTable.dimensionLimit) components"
                    )
                }
                try VectorTable.make(dimension: stored.dimension, in: c)
                var last = 0
                while case let vectors = try vectors(after: last, stored, in: c), let end = vectors.last?.template {
                    try VectorTable.add(vectors, in: c)
                    last = end
                }
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

        private func postgres() throws(GalleryError) -> PostgresStore {
            guard let store = store as? PostgresStore else {
                throw .noServerSearch(path: location, reason: "only a PostgreSQL database can")
            }
            return store
        }

        private func requireExtension(_ connection: any Connection) throws(GalleryError) {
            let needed = [0, 8]
            guard let version = try VectorTable.extensionVersion(in: connection) else {
                throw .noServerSearch(
                    path: location,
                    reason: "it has no pgvector; have it installed on the server, and CREATE EXTENSION vector run")
            }
            guard !version.lexicographicallyPrecedes(needed) else {
                throw .noServerSearch(
                    path: location,
                    reason: "it has pgvector \(version.map(String.init).joined(separator: ".")), and 0.8 is needed")
            }
        }

        /// The next thousand of all vectors, by the numbers of their templates.
        private func vectors(
            after template: Int, _ stored: StoredSpace, in connection: any Connection
        ) throws(GalleryError) -> [SearchedVector] {
            let rows = try connection.prepare(
                """
                SELECT template.id, person, expires, embedding, name FROM template JOIN person ON person.id = person
                WHERE template.id > ?1 ORDER BY template.id LIMIT 1000
                """,
                .integer(template))
            var result: [SearchedVector] = []
            while try rows.step() {
                var values: [Float] = []
                if let defect = StoredEmbedding.append(rows.bytes(3), to: &values, dimension: stored.dimension) {
                    throw .damagedTemplate(id: rows.integer(0), person: rows.text(4), reason: defect)
                }
                result.append(
                    SearchedVector(
                        template: rows.integer(0), person: rows.integer(1),
                        expires: rows.isNull(2) ? nil : rows.integer(2), values: values))
            }
            return result
        }
    }
#endif
