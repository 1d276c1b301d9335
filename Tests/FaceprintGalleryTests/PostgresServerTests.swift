#if PostgreSQL
    import Foundation
    import TestSupport
    import Testing

    @testable import FaceprintGallery

    extension Trait where Self == ConditionTrait {
        static var needsPostgres: Self {
            .enabled(if: PostgresServer.shared != nil, "there is no PostgreSQL to be started")
        }
    }

    /// A server that goes away, and connections that break.
    @Suite(.needsPostgres) struct PostgresOutageTests {
        @Test func aServerThatIsAwayIsWaitedForOnlySoLong() throws {
            let server = try PostgresServer()
            let gallery = try Gallery(at: server.url, busyTimeout: .milliseconds(50))
            try gallery.enroll("Ada", template(1))
            try server.command("stop")
            for attempt in [
                { try gallery.people() }, { try gallery.enroll("Ada", template(2)) },
                { try Gallery(at: server.url, busyTimeout: .milliseconds(50)) },
            ] as [() throws -> Any] {
                #expect {
                    _ = try attempt()
                } throws: {
                    guard case GalleryError.unreachable(gallery.location, let reason) = $0 else { return false }
                    return reason.contains("refused") && "\($0)".contains("check the URL")
                }
            }
            try server.command("start")
            #expect(try gallery.people().map(\.templateCount) == [1])
            try gallery.enroll("Ada", template(2))
        }

        @Test func aStandbyCanBeAskedAndNotChanged() throws {
            let server = try PostgresServer()
            let gallery = try Gallery(at: server.url)
            try gallery.enroll("Ada", template(1))
            let standby = try server.command("standby")
            let reader = try Gallery(at: standby, access: .readOnly)
            #expect(try reader.identify(template(1).embedding, threshold: 1).match?.person == "Ada")
            #expect(try reader.events().count == 2)
            let other = try Gallery(at: standby)
            #expect(throws: GalleryError.notWritable(path: other.location)) { try other.addPerson("Grace") }
            // What is changed arrives.
            let version = try gallery.peopleVersion()
            try gallery.enroll("Grace", template(2))
            while try reader.peopleVersion() == version {}
            #expect(try reader.people().map(\.name) == ["Ada", "Grace"])
            #expect(
                try reader.search(.server).nearestPeople(
                    to: [template(2).embedding], count: 1, nearestTemplates: 1, among: nil)[0][0].person == "Grace")
        }

        @Test(arguments: [CuttingProxy.Cut.beforeItIsStored, .afterItWasStored])
        func aChangeWhoseFateIsUnknownIsMadeOnce(_ cut: CuttingProxy.Cut) throws {
            let place = try TestPlace(on: .postgres)
            try Gallery(at: place.location).addPerson("Grace")
            let proxy = try CuttingProxy(server: try port(of: place.location), cut: cut)
            defer { proxy.close() }
            let gallery = try Gallery(at: self.location(place, through: proxy))
            let version = try gallery.peopleVersion()
            #expect(try gallery.enroll("Ada", template(1)).person.templateCount == 1)
            #expect(proxy.hasCut)
            #expect(try gallery.peopleVersion() == version + 1)
            #expect(try gallery.templates(of: "Ada") == [template(1)])
            #expect(try gallery.events().map(\.kind) == [.templateAdded, .personAdded, .personAdded])
            #expect(throws: GalleryError.nameTaken("Ada")) { try gallery.addPerson("Ada") }
        }

        @Test func whatIsUnknownIsSaid() throws {
            let place = try TestPlace(on: .postgres)
            try Gallery(at: place.location).addPerson("Grace")
            let proxy = try CuttingProxy(server: try port(of: place.location), cut: .afterItWasStoredAndForEver)
            defer { proxy.close() }
            let gallery = try Gallery(at: self.location(place, through: proxy), busyTimeout: .milliseconds(100))
            #expect {
                try gallery.addPerson("Ada")
            } throws: {
                guard case GalleryError.failed(_, let reason) = $0 else { return false }
                return reason.contains("not known")
            }
            #expect(try Gallery(at: place.location).people().map(\.name) == ["Ada", "Grace"])
        }

        private func port(of location: String) throws -> UInt16 {
            try #require(URL(string: location)?.port.map(UInt16.init))
        }

        private func location(_ place: TestPlace, through proxy: CuttingProxy) throws -> String {
            place.location.replacing(":\(try port(of: place.location))/", with: ":\(proxy.port)/")
                + "?hostaddr=127.0.0.1"
        }
    }

    /// Who may do what, and what is said to those who may not.
    @Suite(.needsPostgres) struct PostgresAccessTests {
        private let place = try! TestPlace(on: .postgres)
        private let server = PostgresServer.shared!
        private var database: String { place.location.split(separator: "/").last.map(String.init) ?? "" }

        private func location(_ change: (inout URLComponents) -> Void) throws -> String {
            var url = try #require(URLComponents(string: place.location))
            change(&url)
            return try #require(url.string)
        }

        @Test func theURLIsShownWithoutThePassword() throws {
            let url = try PostgresURL(
                "postgresql://us%40r:s%65cret@[::1]:5433/people?sslmode=verify-full&password=s3cret&connect_timeout=3",
                writes: true)
            #expect(
                url.name == "postgres://us%40r@[::1]:5433/people?connect_timeout=3&sslmode=verify-full")
            #expect(url.settings["user"] == "us@r" && url.settings["password"] == "s3cret")
            #expect(url.connectTimeout == .seconds(3))
            #expect(
                try PostgresURL("postgres:///people?host=/run/x", writes: true).name == "postgres:///people?host=/run/x"
            )
            for wrong in ["postgres://u:pass word@h:port/x", "postgres://u:pass@h/x?nonsense=pass", "postgres://u:p\0"]
            {
                #expect {
                    _ = try Gallery(at: wrong, busyTimeout: .milliseconds(1))
                } throws: {
                    $0 is GalleryError && !"\($0)".contains("pass")
                }
            }
        }

        @Test func whatLeavesTheMachineIsEncrypted() throws {
            func mode(_ url: String) throws -> String? { try PostgresURL(url, writes: true).settings["sslmode"] }
            for local in ["", "localhost", "127.0.0.1", "[::1]", "localhost,127.0.0.1"] {
                #expect(try mode("postgres://\(local)/x") == nil)
            }
            #expect(try mode("postgres:///x?host=/run/postgresql") == nil)
            for remote in ["db.example.org", "10.0.0.1", "localhost,db", "127.0.0.1:5432,10.0.0.1:5432"] {
                #expect(try mode("postgres://\(remote)/x") == "require")
                #expect(try mode("postgres://\(remote)/x?sslmode=disable") == "disable")
            }
        }

        @Test func aRefusalSaysWhy() throws {
            for (url, part) in [
                (try location { $0.password = "wrong" }, "password authentication failed"),
                (try location { $0.user = "nobody at all" }, "password authentication failed"),
                (try location { $0.path = "/nothing" }, "does not exist"),
            ] {
                #expect {
                    _ = try Gallery(at: url)
                } throws: {
                    guard case GalleryError.notReadable(_, let reason) = $0 else { return false }
                    return reason.contains(part) && !"\($0)".contains("wrong") && !"\($0)".contains("LOCATION")
                }
            }
            for url in [
                try location { $0.port = 1 }, try location { $0.host = "no.such.host.invalid" },
                "postgres:///x?host=/nowhere",
            ] {
                #expect {
                    _ = try Gallery(at: url, busyTimeout: .milliseconds(10))
                } throws: {
                    guard case GalleryError.unreachable = $0 else { return false }
                    return true
                }
            }
        }

        @Test func theServerIsKnownByItsCertificate() throws {
            let tls = try server.command("tls").replacing("/postgres?", with: "/\(database)?")
            let gallery = try Gallery(at: tls)
            try gallery.enroll("Ada", template(1))
            #expect(try gallery.templates(of: "Ada") == [template(1)])
            let authority = try #require(tls.split(separator: "=").last.map(String.init))
            let stranger = try PostgresServer()
            let other = try #require(try stranger.command("tls").split(separator: "=").last.map(String.init))
            for wrong in [
                tls.replacing(authority, with: other), tls.replacing("localhost", with: "127.0.0.1"),
                tls.replacing(authority, with: "/nowhere"),
            ] {
                #expect {
                    _ = try Gallery(at: wrong, busyTimeout: .milliseconds(10))
                } throws: {
                    guard case GalleryError.unreachable(_, let reason) = $0 else { return false }
                    return reason.contains("certificate")
                }
            }
            // A server that can't do TLS isn't spoken to.
            #expect(throws: GalleryError.self) {
                try Gallery(at: place.location + "?sslmode=require", busyTimeout: .milliseconds(10))
            }
        }

        @Test func aRoleThatMayOnlyReadCanRecognise() throws {
            let gallery = try Gallery(at: place.location)
            try gallery.enroll("Ada", template(1))
            let role = "reader_\(database)"
            try execute(
                """
                CREATE ROLE \(role) LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA faceprint TO \(role);
                GRANT SELECT ON ALL TABLES IN SCHEMA faceprint TO \(role)
                """, on: place.location)
            defer {
                _ = try? execute("DROP OWNED BY \(role); DROP ROLE \(role)", on: place.location)
            }
            let url = try location {
                $0.user = role
                $0.password = "x"
            }
            let reader = try Gallery(at: url, access: .readOnly)
            #expect(try reader.identify(template(1).embedding, threshold: 1).match?.person == "Ada")
            #expect(throws: GalleryError.notWritable(path: reader.location)) { try reader.addPerson("Grace") }
            let writer = try Gallery(at: url)
            #expect(throws: GalleryError.notWritable(path: reader.location)) { try writer.addPerson("Grace") }
            try execute("REVOKE SELECT ON faceprint.template FROM \(role)", on: place.location)
            #expect {
                try reader.people()
            } throws: {
                guard case GalleryError.notReadable(_, let reason) = $0 else { return false }
                return reason.contains("template")
            }
        }

        @Test func aRoleThatMayMakeNothingIsTold() throws {
            let role = "guest_\(database)"
            try execute("CREATE ROLE \(role) LOGIN PASSWORD 'x'", on: place.location)
            defer { _ = try? execute("DROP ROLE \(role)", on: place.location) }
            let url = try location {
                $0.user = role
                $0.password = "x"
            }
            #expect {
                _ = try Gallery(at: url)
            } throws: {
                guard case GalleryError.notWritable = $0 else { return false }
                return "\($0)".contains("what the role may do")
            }
        }

        @Test func readingMakesNothing() throws {
            #expect {
                _ = try Gallery(at: place.location, access: .readOnly)
            } throws: {
                guard case GalleryError.notFound(let path) = $0 else { return false }
                return Gallery.isServer(path)
            }
            #expect(
                try execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'faceprint'", on: place.location) == "0")
        }

        @Test func onlyItsOwnSchemaIsTouched() throws {
            try execute("CREATE TABLE public.person (id int); CREATE TABLE public.version (x int)", on: place.location)
            defer { _ = try? execute("DROP TABLE public.person, public.version", on: place.location) }
            let tables =
                "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class JOIN pg_namespace "
                + "ON pg_namespace.oid = relnamespace WHERE nspname = 'public'"
            let before = try execute(tables, on: place.location)
            try Gallery(at: place.location).enroll("Ada", template(1))
            #expect(try execute(tables, on: place.location) == before)
            #expect(try execute("SELECT count(*) FROM public.person", on: place.location) == "0")
        }

        @Test func anotherApplicationsSchemaIsLeftAlone() throws {
            try execute("CREATE SCHEMA faceprint; CREATE TABLE faceprint.person (id int)", on: place.location)
            #expect {
                _ = try Gallery(at: place.location)
            } throws: {
                guard case GalleryError.otherApplication = $0 else { return false }
                return true
            }
        }

        @Test func aNewerVersionIsRefused() throws {
            _ = try Gallery(at: place.location)
            try execute("UPDATE version SET number = 99", on: place.location)
            for access in [Gallery.Access.readOnly, .readWrite] {
                #expect {
                    _ = try Gallery(at: place.location, access: access)
                } throws: {
                    guard case GalleryError.newerVersion(_, 99, let known) = $0 else { return false }
                    return known == PostgresSchema.version
                }
            }
        }

        @Test func aStatementThatHangsEnds() throws {
            let gallery = try Gallery(at: place.location + "?options=-c%20statement_timeout%3D50")
            #expect {
                try gallery.store.read { (c) throws(GalleryError) in try c.run("SELECT pg_sleep(600)") }
            } throws: {
                guard case GalleryError.failed(_, let reason) = $0 else { return false }
                return reason.contains("timeout")
            }
            #expect(try gallery.people().isEmpty)
        }
    }

    /// What the rest of the gallery relies on.
    @Suite(.needsPostgres) struct PostgresStatementTests {
        private let place = try! TestPlace(on: .postgres)

        @Test func valuesGoThereAndBack() throws {
            let gallery = try Gallery(at: place.location)
            let bytes = Array(UInt8.min...UInt8.max)
            try gallery.store.read { (c) throws(GalleryError) in
                let row = try c.prepare(
                    "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 77::int4, (-7)::int2, 1.5::float4, true, ?9, ?10",
                    .integer(.min), .real(-1e300), .text("Zoë\u{1F642}"), .blob(bytes), .integer(nil), .real(nil),
                    .text(nil), .blob(nil), .text(""), .blob([]))
                let isRow = try row.step()
                #expect(isRow)
                #expect(row.integer(0) == .min)
                #expect(row.real(1) == -1e300)
                #expect(row.text(2) == "Zoë\u{1F642}")
                #expect(Array(row.bytes(3)) == bytes)
                for column in Int32(4)...7 { #expect(row.isNull(column) && row.integer(column) == 0) }
                #expect(row.real(5) == nil)
                #expect((8...11).map { row.integer($0) } == [77, -7, 2, 1])
                #expect(row.real(10) == 1.5)
                #expect(row.text(12).isEmpty && !row.isNull(12) && row.bytes(13).isEmpty && !row.isNull(13))
                let isMore = try row.step()
                #expect(!isMore)
            }
        }

        @Test func rowsOfSeveralStatementsMayBeReadInTurns() throws {
            let gallery = try Gallery(at: place.location)
            let sums = try gallery.store.read { (c) throws(GalleryError) in
                let first = try c.prepare("SELECT generate_series(1::bigint, ?1)", .integer(1000))
                let second = try c.prepare("SELECT generate_series(1::bigint, ?1)", .integer(1000))
                var sums = [0, 0, 0]
                while try first.step() {
                    sums[0] += first.integer(0)
                    if try second.step() { sums[1] += second.integer(0) }
                    sums[2] += try c.number("SELECT ?1::bigint", .integer(1)) ?? 0
                }
                return sums
            }
            #expect(sums == [500_500, 500_500, 1000])
        }

        @Test func aStatementThatFailedSpoilsItsTransaction() throws {
            let gallery = try Gallery(at: place.location)
            #expect(throws: GalleryError.self) {
                try gallery.store.write { (c) throws(GalleryError) in
                    _ = try StoredState.nextPeopleVersion(in: c)
                    try? c.run("SELECT nothing FROM nowhere")
                }
            }
            #expect(try gallery.peopleVersion() == 0)
        }
    }
#endif
