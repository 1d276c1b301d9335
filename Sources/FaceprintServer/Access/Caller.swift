import FaceprintGallery

/// Who sends a request.
struct Caller: Sendable {
    let key: Key
    /// Where a page of ours sends it.
    let session: Session?

    var actor: Actor { session == nil ? .key(key.name) : .page(key.name) }
}
