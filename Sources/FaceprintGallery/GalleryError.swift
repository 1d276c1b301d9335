import Faceprint
import FaceprintFiles
import Foundation

/// Why a gallery can't do what it was asked. After an error the gallery is as it was before, but for the one case that
/// ``Gallery/remove(_:)`` names.
public enum GalleryError: Error, Equatable {
    // The file.

    /// Nothing is there, or only an empty file, and the gallery was opened to read.
    case notFound(path: String)
    /// The folder that the gallery would stand in doesn't exist.
    case noFolder(path: String)
    /// The path is a folder's.
    case isFolder(path: String)
    /// Something else than an SQLite database.
    case notAGallery(at: String, reason: String)
    /// A database of another application.
    case otherApplication(path: String)
    /// Made by a later version of this software.
    case newerVersion(path: String, found: Int, known: Int)
    /// The file may not be read.
    case notReadable(path: String, reason: String)
    /// The file, its folder or its file system may not be written, or the gallery was opened to read.
    case notWritable(path: String)
    /// Its last user was interrupted, and what was written then can only be read where the folder can be written.
    case interrupted(path: String)
    /// No space is left where the gallery stands.
    case diskFull(path: String)
    /// The server that keeps the gallery doesn't answer, or has gone away.
    case unreachable(path: String, reason: String)
    /// Another process kept the gallery locked for too long.
    case busy(path: String)
    /// The file is corrupt.
    case damaged(path: String, reason: String)
    /// A person's row is corrupt.
    case damagedPerson(id: Int, reason: String)
    /// A template's row is corrupt.
    case damagedTemplate(id: Int, person: String, reason: String)
    /// An event's row is corrupt.
    case damagedEvent(sequence: Int, reason: String)
    /// The log of events is not what was recorded; `sequence` is the first event that shows it.
    case logBroken(sequence: Int, reason: String)
    /// Anything else that the system reports.
    case failed(path: String, reason: String)

    // What is sealed.

    /// The gallery is sealed, and was opened without its key.
    case sealed(path: String)
    /// The gallery was opened with a key, and isn't sealed.
    case notSealed(path: String)
    /// The key isn't the gallery's.
    case wrongSealKey(path: String, reason: String)
    /// A key that can't be had; `source` says from where.
    case invalidSealKey(_ source: String, reason: String)
    /// The system gives no memory for a secret.
    case noSecretMemory

    // What is to be stored or looked up.

    /// A name that can't be anybody's.
    case invalidName(String, reason: String)
    /// A template that can't be stored.
    case invalidTemplate(reason: String)
    /// Nobody has that name; `similar` are up to three names that may have been meant.
    case noSuchPerson(String, similar: [String])
    /// The name is somebody else's.
    case nameTaken(String)
    /// A text that can't be a badge's number.
    case invalidBadge(String, reason: String)
    /// Somebody else carries the badge.
    case badgeTaken(person: String)
    /// No template has that id.
    case noSuchTemplate(UUID)
    /// A key that would open nothing.
    case noScopes
    /// Another key has that name.
    case keyNameTaken(String)
    /// No key has that name; `similar` are up to three names that may have been meant.
    case noSuchKey(String, similar: [String])
    /// A threshold that is no distance.
    case invalidThreshold(Float)
    /// The photo is already enrolled, as somebody else.
    case photoOfAnother(person: String)
    /// The gallery's database can't search by itself.
    case noServerSearch(path: String, reason: String)
    /// An embedding that was made by another model or profile than the gallery's.
    case otherSpace(gallery: EmbeddingSpace, found: EmbeddingSpace)
    /// A time for which nothing can be kept.
    case invalidRetention(seconds: Int)

    // What leaves a gallery, and comes back.

    /// A file beside the gallery can't be read or written.
    case file(FileError)
    /// A backup would overwrite something.
    case alreadyExists(path: String)
    /// A backup can only be restored where nothing is.
    case notEmpty(path: String)
    /// A line of an export is none.
    case damagedExport(line: Int, reason: String)
    /// An export ends early. What came before is imported.
    case exportCutOff
    /// An export is sealed, and no key was given.
    case sealedExport
    /// An export is not sealed with that key, or was changed.
    case wrongExportKey
}

extension GalleryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notFound(let path):
            "there is no gallery at \(path.quoted) yet; enroll somebody first"
        case .noFolder(let path):
            "the folder of the gallery \(path.quoted) doesn't exist; make it, or choose another path"
        case .isFolder(let path):
            "\(path.quoted) is a folder; name a file in it for the gallery"
        case .notAGallery(let path, let reason):
            "\(path.quoted) is not a gallery: \(reason); choose another path"
        case .otherApplication(let path):
            "\(path.quoted) is a database of another application; choose another path for the gallery"
        case .newerVersion(let path, let found, let known):
            """
            the gallery \(path.quoted) has version \(found), and this software knows versions up to \(known); \
            use the newer software that wrote it
            """
        case .notReadable(let path, let reason):
            "the gallery \(path.quoted) can't be read: \(reason); check "
                + (Gallery.isServer(path)
                    ? "the URL, and what the role may do" : "the permissions of the file and its folder")
        case .notWritable(let path):
            "the gallery \(path.quoted) can't be written; check "
                + (Gallery.isServer(path)
                    ? "what the role may do, and that the server is no standby"
                    : "that the file, its folder and its disk are writable")
        case .interrupted(let path):
            """
            the last change of the gallery \(path.quoted) was interrupted; list its people once where its folder \
            is writable, which completes it
            """
        case .diskFull(let path):
            "no space is left for the gallery \(path.quoted); free some and try again, nothing stored is lost"
        case .unreachable(let path, let reason):
            "the gallery \(path.quoted) can't be reached: \(reason); check the URL, and that the server runs"
        case .busy(let path):
            "the gallery \(path.quoted) is in use by another process; try again when that has finished"
        case .damaged(let path, let reason):
            "the gallery \(path.quoted) is damaged (\(reason)); restore it from a backup"
        case .damagedPerson(let id, let reason):
            "the gallery's person number \(id) is damaged: \(reason); restore the gallery from a backup"
        case .damagedTemplate(let id, let person, let reason):
            "template number \(id) of \(person.quoted) is damaged: \(reason); remove and enroll this person again"
        case .damagedEvent(let sequence, let reason):
            "event \(sequence) of the log is damaged: \(reason); verify the log, and keep a copy of the gallery"
        case .logBroken(let sequence, let reason):
            """
            the log is broken at event \(sequence): \(reason); what follows can't be trusted: keep a copy of the \
            gallery, and find out who could write it
            """
        case .failed(let path, let reason):
            "the gallery \(path.quoted) failed: \(reason)"
        case .sealed(let path):
            """
            the gallery \(path.quoted) is sealed; say where its key is by --seal-key or FACEPRINT_SEAL_KEY, such as \
            file:/etc/faceprint/seal.key or passphrase
            """
        case .notSealed(let path):
            """
            the gallery \(path.quoted) isn't sealed, though a key was given; seal it with `faceprint gallery seal`, or \
            give no key. If it was sealed once, find out who unsealed or replaced it
            """
        case .wrongSealKey(let path, let reason):
            "the seal key doesn't open the gallery \(path.quoted): \(reason); give the key that it was sealed with last"
        case .invalidSealKey(let source, let reason):
            "\(source) can't be used: \(reason)"
        case .noSecretMemory:
            "there is no memory for a secret; allow this process more, 256 MiB for a passphrase"
        case .invalidName(let name, let reason):
            "\(name.quoted) can't be a name: \(reason)"
        case .invalidTemplate(let reason):
            "this template can't be enrolled: \(reason)"
        case .noSuchPerson(let name, let similar):
            "nobody is enrolled as \(name.quoted)"
                + (similar.isEmpty
                    ? "; list the people to see who is"
                    : "; did you mean \(similar.map(\.quoted).joined(separator: " or "))?")
        case .nameTaken(let name):
            "somebody else is enrolled as \(name.quoted); choose another name, or remove that person first"
        case .invalidBadge(let badge, let reason):
            "\(badge.quoted) can't be the number of a badge: \(reason)"
        case .badgeTaken(let person):
            "\(person.quoted) carries that badge; choose another number, or take it from that person first"
        case .noScopes:
            "a key needs a scope: \(Scope.allCases.map(\.rawValue).joined(separator: ", "))"
        case .keyNameTaken(let name):
            "there is a key \(name.quoted) already; choose another name, or revoke that key first"
        case .noSuchKey(let name, let similar):
            "there is no key \(name.quoted)"
                + (similar.isEmpty
                    ? "; list the keys to see which there are"
                    : "; did you mean \(similar.map(\.quoted).joined(separator: " or "))?")
        case .invalidThreshold(let threshold):
            "a threshold of \(threshold) is no distance; choose one from 0 to 2"
        case .noSuchTemplate(let id):
            "no template has the id \(id); list the templates to see which there are"
        case .photoOfAnother(let person):
            """
            this very photo is already enrolled as \(person.quoted); if that is the wrong name, rename or remove \
            that person, else use another photo
            """
        case .noServerSearch(let path, let reason):
            "the gallery \(path.quoted) can't search by itself: \(reason)"
        case .otherSpace(let gallery, let found):
            """
            the gallery holds embeddings of \(gallery), which can't be compared with one of \(found); \
            use the gallery's model and profile, or another gallery
            """
        case .invalidRetention(let seconds):
            "nothing can be kept for \(seconds) seconds; choose a second to a thousand years"
        case .file(let error):
            "\(error)"
        case .alreadyExists(let path):
            "there is something at \(path.quoted) already; choose another path, or overwrite it on purpose"
        case .notEmpty(let path):
            "the gallery \(path.quoted) is not empty; restore into a new one"
        case .damagedExport(let line, let reason):
            "line \(line) of the export can't be read: \(reason); what came before it is imported: export again"
        case .exportCutOff:
            "the export ends before its end, what there is of it is imported; export again, or fetch the rest of it"
        case .sealedExport:
            "the export is sealed; give the key that it was sealed with"
        case .wrongExportKey:
            """
            the export can't be opened: it was sealed with another key, or was changed since; what came before is \
            imported
            """
        }
    }
}
