/// What opens a sealed gallery: 32 bytes, or a passphrase.
///
/// It seals nothing but the gallery's data key, which seals the rows.
public final class SealKey: Sendable {
    enum Form {
        /// 32 bytes.
        case key(SecretBytes)
        case passphrase(SecretBytes)
    }

    private let form: Form

    /// - Parameter passphrase: Not empty. The gallery can be tried out by whoever has a copy: take one that can't be
    ///   guessed, such as six words drawn by lot.
    public init(passphrase: SecretBytes) throws(GalleryError) {
        guard passphrase.count > 0 else { throw .invalidSealKey("the passphrase", reason: "it is empty") }
        form = .passphrase(passphrase)
    }

    init(key: SecretBytes) { form = .key(key) }

    /// Whether it is to be stretched.
    var isPassphrase: Bool {
        switch form {
        case .key: false
        case .passphrase: true
        }
    }

    /// The key that a gallery's data key is sealed by.
    ///
    /// - Parameter stretching: Of a passphrase; nil for 32 bytes.
    /// - Returns: nil where it is of the other form.
    func wrappingKey(_ stretching: Stretching?) throws(GalleryError) -> SecretBytes? {
        switch (form, stretching) {
        case (.key(let key), nil): key
        case (.passphrase(let passphrase), let stretching?): try Sodium.key(of: passphrase, stretching)
        default: nil
        }
    }
}
