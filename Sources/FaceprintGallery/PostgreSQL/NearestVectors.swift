#if PostgreSQL
    import Faceprint

    /// The vectors of a database that are nearest to a probe, nearest first, and whose they are.
    struct NearestVectors {
        /// How many are asked for at most: more than a database holds.
        static let most = 1 << 40

        private var distances: [Float] = []
        /// Indices into ``names`` and ``templateCounts``.
        private var owners: [Int] = []
        private var names: [String] = []
        private var templateCounts: [Int] = []
        private let limit: Int

        /// - Parameters:
        ///   - probe: As pgvector reads it.
        ///   - group: As groups are compared; nil for everybody.
        ///   - now: In milliseconds since 1970: what is over by then doesn't count.
        ///   - isExact: Whether all are measured, rather than those that the graph leads to.
        init(
            to probe: String, limit: Int, among group: String?, now: Int, isExact: Bool, in connection: any Connection
        ) throws(GalleryError) {
            self.limit = limit
            let sql =
                switch (isExact, group) {
                case (true, nil): Self.exact
                case (true, _): Self.exactInGroup
                case (false, nil): Self.hnsw
                case (false, _): Self.hnswInGroup
                }
            let rows = try connection.prepare(sql, .text(probe), .integer(limit), .integer(now), .text(group))
            var places: [Int: Int] = [:]
            while try rows.step() {
                let person = rows.integer(0)
                let place = places[person] ?? names.count
                if place == names.count {
                    places[person] = place
                    names.append(try StoredPerson.name(rows.text(1), id: person))
                    templateCounts.append(rows.integer(3))
                }
                distances.append(Float(rows.real(2) ?? .nan))
                owners.append(place)
            }
        }

        /// Whether there are no others.
        var isAll: Bool { distances.count < limit }

        /// The nearest people.
        ///
        /// - Returns: nil where more vectors are needed to know.
        func people(_ wanted: Int, nearestTemplates: Int) -> [Candidate]? {
            var ranking = PersonRanking(nearestTemplates: nearestTemplates) { templateCounts[$0] }
            for (distance, owner) in zip(distances, owners) { ranking.add(distance, of: owner) }
            guard isAll || ranking.isDecided(for: wanted) else { return nil }
            return ranking.nearest(wanted).map { Candidate(person: names[$0.owner], distance: $0.distance) }
        }

        // First the nearest vectors, then of these the names, and how many templates their people have. What they are
        // sorted by is the index's own expression or, with “+ 0”, one that it doesn't know.

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

        static let hnswInGroup: StaticString = """
            SELECT person.id, person.name, near.distance,
                (SELECT count(*) FROM template_vector AS each
                    WHERE each.person = person.id AND (each.expires IS NULL OR each.expires > ?3))
            FROM (
                SELECT template, person, embedding <-> CAST(?1 AS vector) AS distance FROM template_vector
                WHERE (expires IS NULL OR expires > ?3)
                    AND person IN (SELECT membership.person FROM membership WHERE key = ?4)
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

        static let exactInGroup: StaticString = """
            SELECT person.id, person.name, near.distance,
                (SELECT count(*) FROM template_vector AS each
                    WHERE each.person = person.id AND (each.expires IS NULL OR each.expires > ?3))
            FROM (
                SELECT template, person, embedding <-> CAST(?1 AS vector) AS distance FROM template_vector
                WHERE (expires IS NULL OR expires > ?3)
                    AND person IN (SELECT membership.person FROM membership WHERE key = ?4)
                ORDER BY (embedding <-> CAST(?1 AS vector)) + 0 LIMIT ?2
            ) AS near JOIN person ON person.id = near.person
            ORDER BY near.distance, near.template
            """
    }
#endif
