/// Where a gallery's rows are.
///
/// Writers take turns, whatever the process or the machine: a body that writes sees everything that was written before.
protocol Store: Sendable {
    /// As the user wrote it, without what is secret, for messages.
    var name: String { get }

    /// Reads at one moment: `body` sees nothing that others change meanwhile. It may be run again where the store was
    /// away.
    func read<Value: Sendable>(
        _ body: @Sendable (any Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value

    /// Reads as ``read(_:)`` does, for long: it keeps no other thread waiting.
    func readApart<Value: Sendable>(
        _ body: @Sendable (any Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value

    /// Changes all or nothing. The body may be run again where the store was away and nothing was changed.
    func write<Value: Sendable>(
        _ body: @Sendable (any Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value

    /// Erases from free space too what was removed or replaced: to be called after each such change, which
    /// ``Connection/didRemove()`` is told of, and now and then, since a reader can be in the way. Nothing is done where
    /// nothing is left to do.
    ///
    /// It writes the whole store anew, so one of more than ``quicklyRewritten`` bytes is left to be rewritten when there
    /// is time.
    ///
    /// - Parameter always: Whether to rewrite a large one as well, and to wait for readers for long.
    /// - Returns: Whether nothing of it is left in the store.
    @discardableResult
    func eraseTraces(always: Bool) throws(GalleryError) -> Bool
}

extension Store {
    /// Changes all or nothing, and erases what the change removed or replaced.
    ///
    /// - Returns: What the body returned, and whether nothing is left of what it removed.
    @discardableResult
    func erase<Value: Sendable>(
        always: Bool = false, _ body: @Sendable (any Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> (value: Value, isErased: Bool) {
        let value = try write { (c) throws(GalleryError) in
            let value = try body(c)
            try c.didRemove()
            return value
        }
        return (value, try eraseTraces(always: always))
    }
}

/// What is rewritten while somebody waits: the gallery of an office with its thumbnails, some 50,000 templates.
let quicklyRewritten = 256 << 20
