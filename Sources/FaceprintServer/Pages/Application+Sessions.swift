import FaceprintGallery
import Foundation

/// How a page logs in: with an API key, once, for a cookie that scripts can't read.
extension Application {
    private struct Login: Decodable {
        let key: String
    }

    private struct Opened: Encodable {
        let name: String
        let scopes: [String]
        let csrf: String

        init(_ session: Session) {
            name = session.key.name
            scopes = session.key.scopes.map(\.rawValue).sorted()
            csrf = session.csrf
        }
    }

    private static let opened = Schema.object([
        "name": Schema.text, "scopes": Schema.list(Schema.text), "csrf": Schema.text,
    ])

    static let sessionRoutes: [Route] = [
        Route(
            "POST", "/api/v1/session", .open,
            Operation(
                tag: .pages,
                summary: "Log a page in with a key. Other requests of it then need the header x-csrf-token.",
                body: .json(Schema.object(["key": Schema.text])), answer: .json(opened))
        ) { app, call in
            let login = try call.request.json(Login.self)
            let key: Key
            do {
                key = try app.authenticator.key(login.key, from: call.request.address)
            } catch let error as HTTPError where error.status == 401 {
                try app.recordRefusal(from: call.request.address)
                throw error
            }
            let session = try app.gallery.openSession(of: key, seconds: app.settings.sessionSeconds)
            var response = try Response.json(Opened(session))
            response.headers.append(
                ("Set-Cookie", app.cookie(session.token, seconds: app.settings.sessionSeconds, for: call.request)))
            return response
        },
        Route(
            "GET", "/api/v1/session", .open,
            Operation(tag: .pages, summary: "Who is logged in.", answer: .json(opened))
        ) { app, call in
            guard let session = try app.authenticator.caller(of: call.request).session else { throw HTTPError.noKey }
            return try .json(Opened(session))
        },
        Route(
            "DELETE", "/api/v1/session", .open,
            Operation(tag: .pages, summary: "Log out.", status: 204, answer: .nothing)
        ) { app, call in
            guard let session = try app.authenticator.caller(of: call.request).session else { throw HTTPError.noKey }
            try app.gallery.closeSession(token: session.token)
            var response = Response.noContent
            response.headers.append(("Set-Cookie", app.cookie("", seconds: 0, for: call.request)))
            return response
        },
    ]

    /// Whoever goes on and on with wrong keys is written down now and then only: the log is not theirs to fill.
    private func recordRefusal(from address: String) throws {
        defer { loginDelays.fail(address) }
        guard (try? loginDelays.check(address, "")) != nil else { return }
        try events.record([NewEvent(.sessionRefused, by: Actor("page"), detail: ["address": address])])
    }

    private func cookie(_ value: String, seconds: Int, for request: Request) -> String {
        var cookie = "\(Authenticator.cookie)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
        // What does TLS in front of this server says so. Whoever makes it up only hides a cookie from themselves.
        if settings.usesTLS || request.headers["x-forwarded-proto"] == "https" { cookie += "; Secure" }
        return cookie
    }
}
