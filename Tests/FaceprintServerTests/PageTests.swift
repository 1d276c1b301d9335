import Foundation
import Testing

@testable import FaceprintServer

/// The pages as a browser gets them.
@Suite struct PageTests {
    private let app = try! TestApplication()

    private static let pages = ["/", "/door", "/admin", "/login", "/docs"]

    @Test(arguments: pages) func aPageAllowsNothingFromElsewhere(path: String) throws {
        let page = try app("GET", path, key: "")
        #expect(page.status == 200)
        let policy = try #require(page.response.header("Content-Security-Policy"))
        #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
        #expect(page.response.header("X-Content-Type-Options") == "nosniff")
        #expect(!page.text.contains("http://") && !page.text.contains("https://"))
        // What the policy would block is not there to be blocked.
        #expect(!page.text.contains("<style") && !page.text.contains(" style=") && !page.text.contains(" onclick="))
    }

    @Test(arguments: pages) func whatAPageRefersToIsThere(path: String) throws {
        var left = [path]
        var seen: Set<String> = []
        while let next = left.popLast() {
            guard seen.insert(next).inserted else { continue }
            let answer = try app("GET", next, key: "")
            #expect(answer.status == 200, "\(next)")
            let references = answer.text.matches(of: #/["'](\.?/(?:assets/)?[a-z-]+\.(?:js|css|svg))["']/#)
            left += references.map { String($0.1.replacing(#/^\.//#, with: "/assets/")) }
        }
        #expect(seen.count > 2)
    }

    @Test func answersAboutPeopleAreNotKept() throws {
        #expect(try app("GET", "/api/v1/status").response.header("Cache-Control") == "no-store")
    }

    @Test func thereIsNothingElse() throws {
        for path in ["/assets/../door.html", "/assets/%2e%2e%2fdoor", "/etc/passwd", "/assets/", "/door/x"] {
            #expect(try app("GET", path, key: "").status == 404, "\(path)")
        }
        let wrong = try app("DELETE", "/door", key: "")
        #expect(wrong.status == 405)
        #expect(wrong.response.header("Allow") == "GET")
    }

    @Test func theDocumentDescribesEveryOperation() throws {
        let document = try app("GET", "/openapi.json", key: "").json
        #expect(document["openapi"] as? String == "3.1.0")
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        let described = paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } }
        let api = Application.routes.filter { $0.pattern.text.hasPrefix("/api/") }
        #expect(api.allSatisfy { described.contains("\($0.method) \($0.pattern.text)") })
        let ids = paths.values.flatMap { $0.values.compactMap { ($0 as? [String: Any])?["operationId"] as? String } }
        #expect(Set(ids).count == ids.count)
    }

    @Test func healthReadinessAndMetricsNeedNoKey() throws {
        #expect(try app("GET", "/healthz", key: "").status == 200)
        #expect(try app("GET", "/readyz", key: "").status == 200)
        _ = try app("POST", "/api/v1/recognition/recognize", photo: try testPhoto(1))
        let metrics = try app("GET", "/metrics", key: "").text
        #expect(
            metrics.contains(#"faceprint_requests_total{route="/api/v1/recognition/recognize",status="200"} 1"#))
        #expect(metrics.contains(#"faceprint_decisions_total{result="unknown"} 1"#))
        #expect(metrics.contains("faceprint_people 0"))
    }
}
