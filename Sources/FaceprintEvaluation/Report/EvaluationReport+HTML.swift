import Foundation

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
        <section><h2>Figures</h2>\(figureTable)</section>
        <section><h2>Curves</h2><div class="plots">
        \(figure(roc, caption: "ROC: genuine pairs accepted, over impostors accepted"))
        \(figure(det, caption: "DET: genuine pairs refused, over impostors accepted, both logarithmic"))
        \(figure(histogram, caption: histogramCaption))
        </div></section>
        \(groupSection)\(errorSection(errors))
        </main>
        <footer><p>\(escaped(footnote))</p></footer>
        </body>
        </html>

        """
    }

    private var histogramCaption: String {
        "Distances: <span class=\"key genuine\"></span> genuine, <span class=\"key impostor\"></span> impostor pairs"
    }

    private var footnote: String {
        "FMR: impostor pairs accepted. FNMR: genuine pairs refused; TAR = 1 − FNMR. A pair is accepted when its "
            + "distance is at most the threshold. Bounds are Wilson's at 95 %, for independent pairs, unless they say "
            + "otherwise; pairs that share photos make the true uncertainty larger."
    }

    private var figureTable: String {
        let rows = figures.map {
            "<tr><th scope=\"row\">\(escaped($0.label))</th><td class=\"value\">\(escaped($0.value))</td>"
                + "<td>\(escaped($0.detail))</td></tr>"
        }
        return "<div class=\"wide\"><table>\(rows.joined(separator: "\n"))</table></div>"
    }

    private func figure(_ plot: Plot, caption: String) -> String {
        "<figure>\(plot.svg)<figcaption>\(caption)</figcaption></figure>"
    }

    private var groupSection: String {
        guard !groups.isEmpty else { return "" }
        let rows = groups.map {
            "<tr><th scope=\"row\">\(escaped($0.group))</th><td>\(escaped($0.refusedPhotos.summary))</td>"
                + "<td>\(escaped($0.point.fmr.summary))</td><td>\(escaped($0.point.fnmr.summary))</td></tr>"
        }
        return """
            <section><h2>Groups</h2><div class="wide"><table>
            <tr><th scope="col">Group</th><th scope="col">Photos without an embedding</th>\
            <th scope="col">FMR</th><th scope="col">FNMR</th></tr>
            \(rows.joined(separator: "\n"))
            </table></div></section>

            """
    }

    private func errorSection(_ errors: [WrongDecision]) -> String {
        guard !errors.isEmpty else { return "" }
        let cards = errors.map {
            "<figure class=\"error\"><div class=\"pair\">\(picture($0.first))\(picture($0.second))</div><figcaption>"
                + "<strong>\($0.isGenuine ? "One person" : "Two persons")</strong>, distance "
                + "\(decimals(Double($0.distance), 3))</figcaption></figure>"
        }
        return """
            <section><h2>Worst decisions</h2><div class="errors">
            \(cards.joined(separator: "\n"))
            </div></section>

            """
    }

    private func picture(_ photo: WrongDecision.Photo) -> String {
        let name = escaped(photo.caption)
        return "<div><img alt=\"\(name)\" src=\"data:image/png;base64,\(Data(photo.png).base64EncodedString())\">"
            + "<small>\(name)</small></div>"
    }
}

/// Text that means only itself, in an element or in a quoted attribute.
func escaped(_ text: String) -> String {
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
