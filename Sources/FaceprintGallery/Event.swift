import Foundation

/// Something that happened, as the log has it.
///
/// Texts are safe to be printed.
public struct Event: Hashable, Sendable {
    /// What happened.
    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case personAdded = "person.added"
        /// `detail`: the new name as `to`; `merged` where somebody had it.
        case personRenamed = "person.renamed"
        /// `detail`: how many `templates` went with the person.
        case personRemoved = "person.removed"
        /// `detail`: the template's `id`, and its `quality` if it was judged.
        case templateAdded = "template.added"
        /// `detail`: the template's `id`.
        case templateRemoved = "template.removed"
        /// `detail`: the number `from` and `to`, as far as there was or is one.
        case badgeChanged = "badge.changed"
        /// `detail`: the groups `from` and `to`, as far as there were or are any.
        case groupsChanged = "groups.changed"
        /// `detail`: the threshold `from` and `to`; none where the model's is used.
        case thresholdChanged = "threshold.changed"
        /// `detail`: the `key` and its `scopes`.
        case keyCreated = "key.created"
        /// `detail`: the `key`.
        case keyRevoked = "key.revoked"
        case sessionOpened = "session.opened"
        case sessionRefused = "session.refused"
        /// Somebody was identified (1:N).
        case identified = "decision.identified"
        /// Somebody was verified as whom they claim to be (1:1).
        case verified = "decision.verified"
        /// Somebody is not known, or not whom they claim to be.
        case refused = "decision.refused"
        case doorOpened = "door.opened"
        case doorFailed = "door.failed"
        case logExported = "log.exported"
        /// `detail`: what it was sealed `by`, a key or a passphrase.
        case gallerySealed = "gallery.sealed"
        /// `detail`: what it is sealed `by` now, a key or a passphrase.
        case galleryRekeyed = "gallery.rekeyed"
        case galleryUnsealed = "gallery.unsealed"
        /// Old events were deleted. `detail`: how many `events`, and the sequence of the last one as `until`.
        case logPruned = "log.pruned"
        /// A template was erased because its time was over. `detail`: its `id`.
        case templateExpired = "template.expired"
        /// `detail`: the days, hours or seconds of `templates` and of `events`, from and to.
        case retentionChanged = "retention.changed"
        /// `detail`: whether `photos` are in it, and whether it is `sealed`.
        case galleryExported = "gallery.exported"
        /// `detail`: how many `people` and `templates` were new.
        case galleryImported = "gallery.imported"
        case galleryBackedUp = "gallery.backedup"
        /// `detail`: how many `people` and `templates` there are.
        case galleryRestored = "gallery.restored"
        /// All that is stored about a person was handed out.
        case personExported = "person.exported"
    }

    /// From 1, without gaps.
    public let sequence: Int
    /// To the millisecond.
    public let time: Date
    public let kind: Kind
    public let actor: String
    /// Whom it concerns, as they were called then.
    public let person: String?
    /// What else there is to say, by kind.
    public let detail: [String: String]
    /// The link of the chain: 64 hexadecimal digits.
    public let hash: String
}
