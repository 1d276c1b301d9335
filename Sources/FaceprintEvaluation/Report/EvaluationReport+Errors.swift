import Foundation

extension EvaluationReport {
    /// The worst decisions with their photos: first the impostors that are nearest to each other, then the genuine
    /// pairs that are farthest apart.
    func errorSections(_ errors: [WrongDecision]) -> String {
        section(
            "Two persons, most alike", "The nearest impostor pairs: the ones that a door would let in wrongly first.",
            errors.filter { !$0.isGenuine })
            + section(
                "One person, least alike",
                "The genuine pairs farthest apart: the ones that a door would keep out wrongly first. A wrong label "
                    + "among the photos often shows here.", errors.filter(\.isGenuine))
    }

    private func section(_ title: String, _ text: String, _ errors: [WrongDecision]) -> String {
        guard !errors.isEmpty else { return "" }
        return """
            <section><h2>\(title)</h2><p>\(text)</p><div class="errors">
            \(errors.map(card).joined(separator: "\n"))
            </div></section>

            """
    }

    private func card(_ error: WrongDecision) -> String {
        "<figure class=\"error\"><div class=\"pair\">\(picture(error.first))\(picture(error.second))</div><figcaption>"
            + "<strong>\(decimals(Double(error.distance), 3))</strong> \(verdict(on: error))</figcaption></figure>"
    }

    /// What the threshold in use makes of it.
    private func verdict(on error: WrongDecision) -> String {
        guard let decision else { return "" }
        switch (error.isGenuine, error.distance <= decision.threshold) {
        case (true, false): return "<span class=\"badge impostor\">false non-match</span>"
        case (false, true): return "<span class=\"badge impostor\">false match</span>"
        default: return "<span class=\"badge genuine\">decided rightly</span>"
        }
    }

    private func picture(_ photo: WrongDecision.Photo) -> String {
        let name = escaped(photo.caption)
        return "<div><img alt=\"\(name)\" src=\"data:image/jpeg;base64,\(Data(photo.jpeg).base64EncodedString())\">"
            + "<small>\(name)</small></div>"
    }
}
