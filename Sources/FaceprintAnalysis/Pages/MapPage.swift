import FaceprintEvaluation
import Foundation

/// A ``FaceMap`` as one HTML file, to be looked at in a browser.
///
/// It holds the faces' pictures and embeddings: distances are computed in the page, exactly. So it is personal data as
/// the photos are, and a stolen page is as good as the stolen templates.
public struct MapPage: Sendable {
    private let map: FaceMap
    private let title: String
    private let model: String
    private let threshold: Float

    /// - Parameters:
    ///   - title: What the faces are, such as the folder's name.
    ///   - model: What made the embeddings, for the line below the title.
    ///   - threshold: The largest distance at which two faces are taken for one person's.
    public init(_ map: FaceMap, title: String, model: String, threshold: Float) {
        self.map = map
        self.title = title
        self.model = model
        self.threshold = threshold
    }

    public var html: String {
        let scripts = ["map-data.js", "map-view.js", "map-card.js", "map-people.js", "map-matrix.js", "map.js"]
        return SelfContainedPage(
            title: "\(title): a map of faces", body: body, style: analysisFile("map.css"),
            script: scripts.map(analysisFile).joined(separator: "\n"), json: json
        ).html
    }

    private var body: String {
        """
        <header><h1>\(escaped(title)): a map of faces</h1><p>\(escaped(model))</p></header>
        <main>
        <p class="lead">The model turned each face into \(map.faces[0].embedding.count) numbers. Here these are \
        squeezed into two, so that faces which are alike to the model lie together as far as a plane allows. Point at a \
        face to see which others are nearest to it in truth: the distances are those of all the numbers, and up to \
        \(decimals(Double(threshold), 2)) two faces are taken for one person’s. Drag to move, turn the wheel or pinch to come \
        nearer, click a face to choose its person.</p>
        <div class="atlas">
        <figure class="map">
        <div class="bar"><div class="switch" id="projections" role="group" aria-label="Projection"></div>
        <div class="switch" role="group" aria-label="Zoom"><button type="button" id="farther" \
        aria-label="Zoom out">−</button><button type="button" id="whole">Whole map</button><button type="button" \
        id="closer" aria-label="Zoom in">+</button></div></div>
        <div class="stage"><canvas id="map" tabindex="0" role="img" aria-label="Map of \(map.faces.count) faces. The \
        list of people and the table of distances say the same in words."></canvas><div id="card" hidden></div></div>
        <figcaption id="note"></figcaption>
        </figure>
        <aside class="people">
        <header><h2>\(Set(map.faces.map(\.person)).count == map.faces.count ? "Photos" : "People")</h2>\
        <button type="button" id="none">Choose none</button></header>
        <input type="search" id="search" placeholder="Search" aria-label="Search">
        <ul id="people"></ul><p id="more"></p>
        </aside>
        </div>
        <section><h2>Distances between photos</h2>
        <p id="hint">Choose people in the list, or click faces in the map: the distances between all their photos are \
        shown here.</p>
        <div class="wide" id="matrix" hidden></div>
        <p id="matrix-key" hidden><span><i class="match"></i> at most \(decimals(Double(threshold), 2)): taken for one person</span>\
        <span><i class="apart"></i> farther: taken for two</span>\
        <span><i class="wrong"></i> decided wrongly, if the names are right</span><span id="left-out"></span></p>
        </section>
        </main>
        <footer><p>This page holds photos of people and their embeddings: biometric data. Whoever has it can recognise \
        these people, so keep it as you keep the photos. It needs no network, and can’t reach any. Made by Faceprint.</p>
        </footer>
        """
    }

    /// What the script reads.
    private struct Content: Encodable {
        struct Face: Encodable {
            /// A place among the people.
            let person: Int
            let photo: String
            let picture: String
        }
        struct Projection: Encodable {
            let name: String
            let note: String
            /// Two numbers a face.
            let points: String
        }
        let threshold: Float
        let people: [String]
        let faces: [Face]
        let projections: [Projection]
        /// Numbers in an embedding.
        let length: Int
        let vectors: String
    }

    private var json: String {
        var places: [String: Int] = [:]
        var people: [String] = []
        for face in map.faces where places[face.person] == nil {
            places[face.person] = people.count
            people.append(face.person)
        }
        let content = Content(
            threshold: threshold, people: people,
            faces: map.faces.map {
                Content.Face(
                    person: places[$0.person] ?? 0, photo: $0.photo, picture: Data($0.picture).base64EncodedString())
            },
            projections: projections, length: map.faces[0].embedding.count,
            vectors: Data(floats: map.faces.flatMap(\.embedding.values)).base64EncodedString())
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(content) else { preconditionFailure("a threshold is a finite number") }
        return String(decoding: data, as: UTF8.self)
    }

    private var projections: [Content.Projection] {
        let shares = map.explainedVariance.map { "\(decimals(100 * $0, 1)) %" }
        let principal = Content.Projection(
            name: "PCA",
            note: "Principal components: the two directions in which the embeddings differ most. They hold "
                + shares.joined(separator: " and ")
                + " of the variance; all that differs otherwise isn’t seen here, so "
                + "different people may lie on one another.", points: points(map.principal))
        guard let neighbouring = map.neighbouring else { return [principal] }
        let tsne = Content.Projection(
            name: "t-SNE",
            note: "t-SNE: neighbours stay neighbours (perplexity \(decimals(neighbouring.perplexity, 0)), "
                + "divergence \(decimals(neighbouring.divergence, 2))). How large a group is, and how far it lies "
                + "from others, means nothing.", points: points(neighbouring.points))
        return [tsne, principal]
    }

    private func points(_ points: [MapPoint]) -> String {
        Data(floats: points.flatMap { [$0.x, $0.y] }).base64EncodedString()
    }
}
