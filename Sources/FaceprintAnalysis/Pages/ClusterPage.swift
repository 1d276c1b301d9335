import FaceprintEvaluation

/// A contact sheet of clusters, on which a person names, merges and splits them, and saves the result as a file that
/// can be enrolled from.
public struct ClusterPage {
    private let clusters: FaceClusters

    /// The most faces of one page: some 50 MB.
    public static let limit = 10_000

    /// - Throws: ``AnalysisError/tooMany(what:found:limit:)`` for more faces than ``limit``.
    public init(_ clusters: FaceClusters) throws(AnalysisError) {
        guard clusters.faces.count <= Self.limit else {
            throw .tooMany(what: "faces for one page", found: clusters.faces.count, limit: Self.limit)
        }
        self.clusters = clusters
    }

    /// The page: one file that needs nothing else. It holds faces and their embeddings, which are personal data.
    public var html: String {
        SelfContainedPage(
            title: "Faces by person", body: body, style: analysisFile("cluster.css"),
            script: analysisFile("cluster-groups.js") + analysisFile("cluster.js"),
            json: String(decoding: clusters.json(), as: UTF8.self)
        ).html
    }

    private var body: String {
        """
        <header><h1>Faces by person</h1>
        <p>\(clusters.faces.count) faces of \(escaped(clusters.space.description)), put together by \
        \(clusters.method.rawValue) clustering with the threshold \(clusters.threshold). Give each person a name; click \
        faces to move them elsewhere; “Looks like…” shows who may be the same.</p></header>
        <div class="bar"><button type="button" id="save" class="main">Save names</button>
        <button type="button" id="undo">Undo</button><span id="progress" role="status"></span>
        <input id="search" type="search" placeholder="Find a name or a photo" aria-label="Find a name or a photo"></div>
        <main>
        <p id="saved" class="note" hidden>Saved as <code>faces.json</code>, where your browser puts downloads. Put the \
        people into the gallery by <code>faceprint enroll --clusters faces.json</code>.</p>
        <section id="several" class="cards"></section>
        <p id="none" hidden>Nobody is called so, and no photo either.</p>
        <details id="alone-section"><summary id="alone-title"></summary>
        <section id="alone" class="cards small"></section></details>
        </main>
        <div id="selection" class="selection" role="toolbar" aria-label="Selected faces" hidden><b id="selected"></b>
        <button type="button" id="split">Make a new person</button>
        <button type="button" id="leave-out">Leave out</button>
        <button type="button" id="clear">Cancel</button></div>
        <datalist id="names"></datalist>
        <footer><p>This page holds photos of people and what was measured from them: personal data. It sends nothing \
        anywhere. Made by Faceprint.</p></footer>
        """
    }
}
