import Faceprint
import FaceprintEvaluation
import Foundation
import Testing

@Suite("Report")
struct ReportTests {
    private func report(title: String = "A title") throws -> EvaluationReport {
        let people = try SyntheticPeople(people: 60, photosOfEach: 4, spread: 0.6)
        let all = try AllPairs(embeddings: people.embeddings, identities: people.identities)
        let rates = try ErrorRates(genuine: all.genuine, impostor: all.impostor)
        let threshold: Float = 0.7
        let pairs = (0..<4).flatMap { fold in
            [measured(0.5, genuine: true, fold: fold), measured(1.2, genuine: false, fold: fold)]
        }
        return EvaluationReport(
            title: title, model: "test <model>", rates: RatesSummary(rates),
            decision: rates.operatingPoint(threshold: threshold), refusedPhotos: all.refusedPhotos,
            folds: try FoldProtocol(pairs),
            calibration: try Calibration(
                fmr: 1e-3, all: all, embeddings: people.embeddings, identities: people.identities, draws: 20),
            identification: try OpenSetIdentification(
                embeddings: people.embeddings, identities: people.identities, threshold: threshold),
            groups: try GroupRates.measure(
                embeddings: people.embeddings, identities: people.identities,
                groups: people.embeddings.indices.map { $0 < 120 ? "a & b" : "c" }, threshold: threshold))
    }

    @Test func `The page escapes what it is given and needs nothing from outside`() throws {
        let nasty = "</title><script>alert('x')</script>\"&"
        let photo = WrongDecision.Photo(caption: nasty, jpeg: [0xFF, 0xD8, 0xFF, 0xE0])
        let page = try report(title: nasty).html(
            errors: [WrongDecision(isGenuine: true, distance: 1.25, first: photo, second: photo)])
        #expect(!page.contains("<script"))
        #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"))
        #expect(page.contains("test &lt;model&gt;"))
        #expect(page.contains("a &amp; b"))
        #expect(page.contains("src=\"data:image/jpeg;base64,/9j/4A==\""))
        #expect(page.contains("prefers-color-scheme: dark"))
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("url("))
        #expect(page.components(separatedBy: "<svg").count == 4)
        #expect(!page.contains("nan,") && !page.contains("inf,"))
    }

    @Test func `The page is well-formed`() throws {
        // Its void elements apart, it is XML.
        var page = try report().html().replacingOccurrences(of: "<!DOCTYPE html>", with: "")
        page = page.replacing(try Regex("<meta[^>]*>"), with: "")
        page = page.replacing(try Regex("<img[^>]*>"), with: "")
        var open: [Substring] = []
        for tag in page.matches(
            of: try Regex("<(/?)([a-z0-9]+)[^>]*?(/?)>", as: (Substring, Substring, Substring, Substring).self))
        {
            let (_, end, name, selfClosing) = tag.output
            if !selfClosing.isEmpty { continue }
            if end.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
        }
        #expect(open.isEmpty)
    }

    @Test func `JSON and back is the same report`() throws {
        let report = try report()
        let json = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(EvaluationReport.self, from: json) == report)
    }

    @Test func `The text has the figures, and says what is not measurable`() throws {
        let text = try report().text
        #expect(text.contains("Impostor pairs"))
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("  FNMR at FMR 1e-5 ") })
        #expect(line.contains("not measurable"))
        #expect(line.hasSuffix("it takes at least 100000 impostor pairs"))
        #expect(text.contains("100.00 ± 0.00 %"))
        #expect(text.contains("too few impostors for FAR 1e-3"))
    }

    @Test func `Curves are thinned without losing their ends, histograms hold every pair`() throws {
        let rates = try report().rates
        #expect(rates.curve.count < 1200)
        #expect(rates.curve.first?.fnmr == 1)
        #expect(rates.curve.last?.fmr == 1)
        #expect(rates.curve.last?.fnmr == 0)
        #expect(isNear(rates.genuineHistogram.reduce(0, +), 1))
        #expect(isNear(rates.impostorHistogram.reduce(0, +), 1))
    }

    @Test func `A report of almost nothing can be drawn`() throws {
        let rates = try rates(genuine: [.infinity], impostor: [.infinity])
        let page = EvaluationReport(title: "", model: "", rates: RatesSummary(rates)).html()
        #expect(page.contains("not measurable"))
        #expect(!page.contains("nan,"))
    }
}
