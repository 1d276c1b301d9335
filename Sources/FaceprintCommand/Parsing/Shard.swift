import FaceprintFiles
import FaceprintGallery

/// One of several disjoint parts of the people, so that many machines share their photos out.
///
/// The name decides, not the place in a list: the parts are the same on each machine, and stay so when people join. All
/// photos of a person are in one part.
struct Shard: Hashable, Sendable {
    /// From 1 to ``count``.
    let number: Int
    let count: Int

    /// - Parameter text: Such as `3/16`.
    /// - Throws: ``UsageError``.
    init(parsing text: String) throws {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], (1...100_000).contains(count),
            (1...count).contains(number)
        else {
            throw UsageError("--shard is “\(text)”; allowed is such as 3/16: the third of sixteen, from 1/16 to 16/16")
        }
        self.number = number
        self.count = count
    }

    /// - Parameter person: A name; spellings that are one person's are in one part.
    func takes(_ person: String) -> Bool {
        let digest = Array(Gallery.folded(claim: person).utf8).withUnsafeBytes { SHA256.hex(of: $0) }
        return UInt64(digest.prefix(16), radix: 16)! % UInt64(count) == UInt64(number - 1)
    }
}
