import Faceprint

/// A face as each network of a model sees it: all of its photo that encoding needs.
struct PreparedFace: Sendable {
    /// `[networks]`, each of the size of that network's input.
    let cuts: [Image]
}
