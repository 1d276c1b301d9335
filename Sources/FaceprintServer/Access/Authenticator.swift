import FaceprintFiles
import FaceprintGallery
import Foundation
import Synchronization

/// Finds out who sends a request, by its API key or by a page's session.
final class Authenticator: Sendable {
    static let cookie = "faceprint_session"

    private struct Known {
        var version = -1
        var ids: Set<String> = []
        /// Those that were sent, by the SHA-256 of their texts.
        var keys: [String: Key] = [:]
    }

    private let gallery: Gallery
    private let delays: GrowingDelay
    private let known = Mutex(Known())
    /// A hash takes 64 MiB: one at a time.
    private let hashing = Mutex(())

    /// - Parameter delays: For addresses that guess at a key.
    init(_ gallery: Gallery, delays: GrowingDelay) {
        self.gallery = gallery
        self.delays = delays
    }

    /// - Throws: ``HTTPError`` where there is no key and no session, or a wrong one; an error of the gallery.
    func caller(of request: Request) throws -> Caller {
        if let text = request.headers["x-api-key"] {
            return Caller(key: try key(text, from: request.address), session: nil)
        }
        guard let token = request.cookie(Self.cookie), let session = try gallery.session(token: token) else {
            throw HTTPError.noKey
        }
        if !["GET", "HEAD"].contains(request.method) {
            guard session.accepts(csrf: request.headers["x-csrf-token"] ?? "") else { throw HTTPError.missingToken }
        }
        return Caller(key: session.key, session: session)
    }

    /// The key of a text that somebody sends.
    ///
    /// A key's hash is slow to compute, on purpose; so a key that was right is remembered until it is revoked, and an
    /// address that sends wrong ones of the same id has to wait. Text that has no key's id is refused at no cost, and
    /// makes nobody wait: many clients may come from one address, such as a proxy's.
    ///
    /// - Throws: ``HTTPError/wrongKey``, or an error of the gallery.
    func key(_ text: String, from address: String) throws -> Key {
        let digest = Array(text.utf8).withUnsafeBytes { SHA256.hex(of: $0) }
        let version = try gallery.keysVersion()
        let id = text.split(separator: "_").dropFirst().first.map(String.init) ?? ""
        let (remembered, isKnown) = try known.withLock { known in
            if known.version != version {
                known.ids = Set(try gallery.keys().map(\.id))
                known.keys = known.keys.filter { known.ids.contains($0.value.id) }
                known.version = version
            }
            return (known.keys[digest], known.ids.contains(id))
        }
        if let remembered { return remembered }
        guard isKnown else { throw HTTPError.wrongKey }
        let guesser = "\(address) \(id)"
        try delays.check(guesser, "too many wrong API keys came from here")
        let found = try hashing.withLock { _ -> Key? in
            // Of many requests with one key the first computes, and the others wait for it.
            if let remembered = known.withLock({ $0.version == version ? $0.keys[digest] : nil }) { return remembered }
            let key = try gallery.key(matching: text)
            if let key { known.withLock { if $0.version == version { $0.keys[digest] = key } } }
            return key
        }
        guard let found else {
            delays.fail(guesser)
            throw HTTPError.wrongKey
        }
        delays.succeed(guesser)
        return found
    }
}

extension Request {
    /// The value of a cookie.
    func cookie(_ name: String) -> String? {
        let pairs = (headers["cookie"] ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        return pairs.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }
}
