#if PostgreSQL
    import CPostgres
    import Foundation

    /// Where a database is and how it is reached: what a URL says, and what is added to it.
    struct PostgresURL: Sendable {
        /// The URL without what is secret, for messages.
        let name: String
        /// By libpq's names.
        let settings: [String: String]
        /// How long a server may take to answer.
        let connectTimeout: Duration

        /// - Parameter writes: Of several servers, whether the one is wanted that can be written.
        /// - Throws: ``GalleryError/failed(path:reason:)`` for text that is no such URL.
        init(_ text: String, writes: Bool) throws(GalleryError) {
            guard var settings = Self.parse(text) else {
                // libpq's own message can quote a part of the password.
                throw .failed(
                    path: "postgres://",
                    reason: """
                        its URL can't be read; it looks like postgres://USER:PASSWORD@HOST:PORT/DATABASE?SETTING=VALUE, \
                        in which special characters are written as %25
                        """)
            }
            name = Self.name(settings)
            let environment = ProcessInfo.processInfo.environment
            let seconds = (settings["connect_timeout"] ?? environment["PGCONNECT_TIMEOUT"]).flatMap { Int($0) } ?? 10
            connectTimeout = .seconds(seconds > 0 ? min(seconds, 3600) : 3600)
            if settings["sslmode"] == nil, environment["PGSSLMODE"] == nil, settings["service"] == nil,
                environment["PGSERVICE"] == nil, !Self.isLocal(settings, environment)
            {
                // Whose face is whose isn't sent for anybody on the way to read.
                settings["sslmode"] = "require"
            }
            if writes, settings["target_session_attrs"] == nil, settings["host"]?.contains(",") == true {
                settings["target_session_attrs"] = "read-write"
            }
            settings["client_encoding"] = "UTF8"
            settings["fallback_application_name"] = "faceprint"
            // A server whose machine is gone says nothing: without these, its clients would wait for hours.
            for (name, value) in [
                ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
                ("tcp_user_timeout", "60000"),
            ] where settings[name] == nil {
                settings[name] = value
            }
            self.settings = settings
        }

        private static func parse(_ text: String) -> [String: String]? {
            var message: UnsafeMutablePointer<CChar>?
            defer { PQfreemem(message) }
            guard !text.contains("\0"), let options = PQconninfoParse(text, &message) else { return nil }
            defer { PQconninfoFree(options) }
            var settings: [String: String] = [:]
            var option = options
            while let keyword = option.pointee.keyword {
                if let value = option.pointee.val { settings[String(cString: keyword)] = String(cString: value) }
                option += 1
            }
            return settings
        }

        /// The URL as it could have been written.
        private static func name(_ settings: [String: String]) -> String {
            var rest = settings
            for secret in ["password", "sslpassword", "user", "dbname"] { rest[secret] = nil }
            var url = "postgres://"
            if let user = settings["user"] { url += "\(encoded(user))@" }
            if let host = settings["host"], !host.contains(where: { "/,@".contains($0) }) {
                rest["host"] = nil
                url += host.contains(":") ? "[\(host)]" : encoded(host)
                if let port = rest.removeValue(forKey: "port") { url += ":\(encoded(port))" }
            }
            url += "/\(encoded(settings["dbname"] ?? ""))"
            let query = rest.sorted { $0.key < $1.key }.map { "\($0.key)=\(encoded($0.value))" }
            return query.isEmpty ? url : "\(url)?\(query.joined(separator: "&"))"
        }

        private static func encoded(_ text: String) -> String {
            let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~/"))
            return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
        }

        /// Whether what is sent stays on this machine.
        private static func isLocal(_ settings: [String: String], _ environment: [String: String]) -> Bool {
            let hosts =
                settings["hostaddr"] ?? settings["host"] ?? environment["PGHOSTADDR"] ?? environment["PGHOST"] ?? ""
            return hosts.split(separator: ",").allSatisfy { host in
                host.hasPrefix("/") || host.hasPrefix("@") || host.hasPrefix("127.")
                    || ["localhost", "::1"].contains(host.lowercased())
            }
        }
    }
#endif
