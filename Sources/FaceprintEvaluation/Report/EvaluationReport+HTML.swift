extension EvaluationReport {
    /// One page that needs nothing else: no script, no font, no file, no network.
    ///
    /// - Parameter errors: The worst decisions, to be shown with their photos. Photos in a report are personal data,
    ///   like the ones that they were taken from.
    public func html(errors: [WrongDecision] = []) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" \
        content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <title>\(escaped(title))</title>
        <style>\(styleSheet)</style>
        </head>
        <body>
        <header><h1>\(escaped(title))</h1><p>\(escaped(model))</p></header>
        <main>
        <section class="tiles">\(tiles)</section>
        <section><h2>Curves</h2><div class="plots">
        \(figure(histogram, title: "Distances", caption: histogramCaption))
        \(figure(roc, title: "ROC", caption: "Genuine pairs accepted, over impostors accepted. \(curveKey)"))
        \(figure(det, title: "DET", caption: "Genuine pairs refused, over impostors accepted. \(curveKey)"))
        </div></section>
        \(errorSections(errors))\(groupSection)<section><h2>All figures</h2>\(figureTables)</section>
        \(refusalSection)</main>
        <footer>\(footnotes)</footer>
        </body>
        </html>

        """
    }

    private var tiles: String {
        keyFigures.map {
            "<div class=\"tile\"><h3>\(escaped($0.label))</h3><p class=\"number\">\(escaped($0.value))</p>"
                + "<p>\(escaped($0.detail))</p></div>"
        }.joined(separator: "\n")
    }

    private var histogramCaption: String {
        key("genuine", "genuine pairs") + key("impostor", "impostor pairs")
    }

    private var curveKey: String {
        key("curve", rates.title.lowercased()) + (listed.map { key("second", $0.title.lowercased()) } ?? "")
    }

    private func key(_ style: String, _ text: String) -> String {
        "<span class=\"label\"><span class=\"key \(style)\"></span> \(escaped(text))</span> "
    }

    private var footnotes: String {
        [
            "FMR, false match rate: impostor pairs accepted. FNMR, false non-match rate: genuine pairs refused; "
                + "TAR = 1 − FNMR. A pair is accepted when its distance is at most the threshold. EER: where both rates "
                + "are equal. FPIR: strangers taken for somebody. FNIR: enrolled people not found.",
            "Bounds are Wilson's at 95 %, for independent pairs, unless they say otherwise; pairs that share photos "
                + "make the true uncertainty larger.",
            "This page holds photos of people and what was measured from them: personal data. Made by Faceprint.",
        ].map { "<p>\(escaped($0))</p>" }.joined(separator: "\n")
    }

    private var figureTables: String {
        let bodies = sections.map { section in
            let rows = section.figures.map {
                "<tr><th scope=\"row\">\(escaped($0.label))</th><td class=\"value\">\(escaped($0.value))</td>"
                    + "<td>\(escaped($0.detail))</td></tr>"
            }
            return
                "<tbody><tr><th class=\"heading\" colspan=\"3\" scope=\"rowgroup\">\(escaped(section.title))</th></tr>"
                + rows.joined(separator: "\n") + "</tbody>"
        }
        return "<div class=\"wide\"><table>\(bodies.joined(separator: "\n"))</table></div>"
    }

    private func figure(_ plot: Plot, title: String, caption: String) -> String {
        "<figure><h3>\(title)</h3>\(plot.svg)<figcaption>\(caption)</figcaption></figure>"
    }

    private var groupSection: String {
        guard !groups.isEmpty else { return "" }
        let rows = groups.map {
            "<tr><th scope=\"row\">\(escaped($0.group))</th>\(cells($0.point.fmr))\(cells($0.point.fnmr))"
                + "<td>\(escaped($0.refusedPhotos.summary))</td></tr>"
        }
        return """
            <section><h2>\(escaped(groupTitle))</h2><div class="wide"><table>
            <tr><th scope="col">Group</th><th scope="col" colspan="2">FMR</th><th scope="col" colspan="2">FNMR</th>\
            <th scope="col">Photos without an embedding</th></tr>
            \(rows.joined(separator: "\n"))
            </table></div></section>

            """
    }

    private func cells(_ share: Proportion) -> String {
        "<td class=\"value\">\(share.total > 0 ? percent(share.value) : "–")</td><td>\(escaped(share.detail))</td>"
    }

    private var refusalSection: String {
        guard !refusals.isEmpty else { return "" }
        let most = 200
        let rows = refusals.prefix(most).map {
            "<tr><th scope=\"row\">\(escaped($0.photo))</th><td>\(escaped($0.reason))</td></tr>"
        }
        let more =
            refusals.count > most ? "<tr><th colspan=\"2\">and \(refusals.count - most) more</th></tr>" : ""
        return """
            <section><h2>Photos without an embedding</h2><p>Their pairs are refused at every threshold.</p>
            <div class="wide"><table>\(rows.joined(separator: "\n"))\(more)</table></div></section>

            """
    }
}

/// Text that means only itself, in an element or in a quoted attribute.
package func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
