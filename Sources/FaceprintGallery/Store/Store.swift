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

    /// Erases what was removed or replaced from free space too: to be called after each such change. It writes the
    /// whole store anew, so one of more than ``quicklyRewritten`` bytes is left to be rewritten when there is time.
    ///
    /// - Parameter always: Whether to rewrite a large one as well.
    /// - Returns: Whether nothing of it is left in the store. A reader can be in the way.
    @discardableResult
    func eraseTraces(always: Bool) throws(GalleryError) -> Bool
}

/// What is rewritten while somebody waits: the gallery of an office with its thumbnails, some 50,000 templates.
let quicklyRewritten = 256 << 20
