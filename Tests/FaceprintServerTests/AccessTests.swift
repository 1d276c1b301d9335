import FaceprintGallery
import Foundation
import Testing

@testable import FaceprintServer

/// Who may do what.
@Suite struct AccessTests {
    private let app = try! TestApplication()

    @Test(arguments: [
        (Scope.recognise, "POST", "/api/v1/recognition/recognize"), (.enrol, "GET", "/api/v1/recognition/subjects"),
        (.door, "POST", "/api/v1/door/enter"), (.admin, "GET", "/api/v1/admin/events"),
    ])
    func aKeyOpensItsScopeOnly(scope: Scope, method: String, path: String) throws {
        let others = Scope.allCases.filter { $0 != scope && $0 != .admin }
        let stranger = try app.gallery.createKey(named: "others", scopes: Set(others)).secret
        let refused = try app(method, path, key: stranger)
        #expect(refused.status == 403)
        #expect(refused.message.contains(scope.rawValue))
        // Past the gate; what is missing then is a photo.
        #expect(![401, 403].contains(try app(method, path, key: try app.key(scope)).status))
        #expect(try app(method, path, key: "").status == 401)
    }

    @Test func everyOperationThatNeedsAKeyRefusesWithoutOne() throws {
        for route in Application.routes {
            if case .open = route.access { continue }
            let path = route.pattern.text.replacing("{", with: "").replacing("}", with: "")
            let answer = try app(route.method, path, key: "")
            #expect(answer.status == 401, "\(route.method) \(route.pattern.text)")
        }
    }

    @Test func aRevokedKeyIsForgottenAtOnce() throws {
        let key = try app.key(.recognise)
        #expect(try app("GET", "/api/v1/status", key: key).status == 200)
        try app.gallery.revokeKey(named: "recognise")
        #expect(try app("GET", "/api/v1/status", key: key).status == 401)
    }

    @Test func whoeverGuessesAtAKeyHasToWait() throws {
        #expect(try app("GET", "/api/v1/status").status == 200)
        let guess = app.key.prefix(20) + String(repeating: "A", count: 43)
        let statuses = try (0..<12).map { _ in try app("GET", "/api/v1/status", key: String(guess)).status }
        #expect(statuses.prefix(11).allSatisfy { $0 == 401 })
        #expect(statuses[11] == 429)
        // A key that was right before is still right, also when another one is made or revoked meanwhile.
        let other = try app.key(.enrol)
        #expect(try app("GET", "/api/v1/status").status == 200)
        #expect(try app("GET", "/api/v1/status", key: other).status == 200)
    }

    @Test func textThatIsNobodysKeyMakesNobodyWait() throws {
        for number in 0..<30 { #expect(try app("GET", "/api/v1/status", key: "fp_no_\(number)").status == 401) }
        #expect(try app("GET", "/api/v1/status").status == 200)
    }

    @Test func aPageLogsInWithACookieAndAToken() throws {
        let login = try app("POST", "/api/v1/session", key: "", json: ["key": try app.key(.door)])
        #expect(login.status == 200)
        #expect(login.json["scopes"] as? [String] == ["door"])
        let cookie = try #require(login.response.header("Set-Cookie"))
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("Secure"))
        let csrf = try #require(login.json["csrf"] as? String)
        let session = ["cookie": String(cookie.prefix { $0 != ";" })]

        #expect(try app("GET", "/api/v1/door", key: "", headers: session).status == 200)
        // Another site's form has the cookie, perhaps, but not the token.
        #expect(try app("POST", "/api/v1/door/enter", key: "", headers: session, photo: [1]).code == 53)
        let withToken = session.merging(["x-csrf-token": csrf]) { $1 }
        #expect(try app("POST", "/api/v1/door/enter", key: "", headers: withToken, photo: [1]).code == 21)

        #expect(try app("DELETE", "/api/v1/session", key: "", headers: withToken).status == 204)
        #expect(try app("GET", "/api/v1/door", key: "", headers: session).status == 401)
    }

    @Test func overTLSTheCookieGoesThatWayOnly() throws {
        var settings = ServerSettings()
        settings.usesTLS = true
        let app = try TestApplication(settings)
        let login = try app("POST", "/api/v1/session", key: "", json: ["key": app.key])
        #expect(login.response.header("Set-Cookie")?.contains("; Secure") == true)
    }

    @Test func aRefusedLoginIsRecorded() throws {
        #expect(try app("POST", "/api/v1/session", key: "", json: ["key": "fp_x_y"]).status == 401)
        let events = try app.gallery.events(EventFilter(kinds: [.sessionRefused]))
        #expect(events.first?.detail["address"] == "127.0.0.1")
        // The log isn't filled by whoever goes on.
        for _ in 0..<100 { _ = try app("POST", "/api/v1/session", key: "", json: ["key": "fp_x_y"]) }
        #expect(try app.gallery.events(EventFilter(kinds: [.sessionRefused])).count < 15)
        #expect(try app("POST", "/api/v1/session", key: "", json: ["key": app.key]).status == 200)
    }

    @Test func aCallerMaySendSoManyRequestsASecond() throws {
        var settings = ServerSettings()
        settings.rateLimit = 5
        let app = try TestApplication(settings)
        let statuses = try (0..<20).map { _ in try app("GET", "/api/v1/status").status }
        #expect(statuses.prefix(5).allSatisfy { $0 == 200 })
        #expect(statuses.contains(429))
        let refused = try app("GET", "/api/v1/status")
        if refused.status == 429 { #expect(refused.response.header("Retry-After") == "1") }
    }
}

@Suite struct DelayTests {
    private let clock = Clock()

    private func wait(_ delay: GrowingDelay) -> Int? {
        do throws(HTTPError) {
            try delay.check("x", "too often")
            return nil
        } catch {
            return error.retryAfter
        }
    }

    @Test func theDelayDoublesUpToTheLongest() {
        let delay = GrowingDelay(freeFailures: 2, longest: 8, now: { [clock] in clock.now })
        var waits: [Int?] = []
        for _ in 0..<8 {
            delay.fail("x")
            waits.append(wait(delay))
            clock.now += .seconds(20)
        }
        // A second is told more than is left, so that waiting for it is enough.
        #expect(waits == [nil, nil, 2, 3, 5, 9, 9, 9])
    }

    @Test func itIsOverInTimeAndForgottenAfterASuccess() {
        let delay = GrowingDelay(freeFailures: 0, now: { [clock] in clock.now })
        delay.fail("x")
        #expect(wait(delay) != nil)
        clock.now += .seconds(1)
        #expect(wait(delay) == nil)
        for _ in 0..<5 { delay.fail("x") }
        delay.succeed("x")
        #expect(wait(delay) == nil)
        for _ in 0..<5 { delay.fail("x") }
        clock.now += .seconds(601)
        delay.fail("x")
        #expect(wait(delay) == 2)
    }

    @Test func manyWhoFailDoNotFillTheMemory() {
        let delay = GrowingDelay(freeFailures: 0, now: { [clock] in clock.now })
        for number in 0..<25_000 {
            delay.fail("\(number)")
            clock.now += .milliseconds(1)
        }
        delay.fail("x")
        #expect(wait(delay) != nil)
    }

    @Test func aBucketFillsAgain() throws {
        let rate = RateLimit(perSecond: 2, now: { [clock] in clock.now })
        for _ in 0..<4 { try rate.take("x") }
        #expect(throws: HTTPError.self) { try rate.take("x") }
        try rate.take("y")
        clock.now += .milliseconds(500)
        try rate.take("x")
        #expect(throws: HTTPError.self) { try rate.take("x") }
    }
}
