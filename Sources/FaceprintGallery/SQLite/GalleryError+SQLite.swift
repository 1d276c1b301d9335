import CSQLite
import Foundation

extension GalleryError {
    /// What an error of SQLite means for a gallery.
    ///
    /// - Parameters:
    ///   - code: SQLite's extended result code.
    ///   - systemError: The `errno` behind it, or 0.
    init(code: Int32, message: String, systemError: Int32, path: String) {
        switch code & 0xFF {
        case _ where systemError == ENOSPC || systemError == EDQUOT:
            self = .diskFull(path: path)
        case SQLITE_FULL:
            self = .diskFull(path: path)
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
            self = .busy(path: path)
        case SQLITE_READONLY:
            self = .notWritable(path: path)
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
            let reason = systemError == 0 ? message : String(cString: strerror(systemError))
            self = .notReadable(path: path, reason: reason)
        case SQLITE_NOTADB:
            self = .notAGallery(at: path, reason: "it is not an SQLite database")
        // Our statements are right for our schema: where SQLite objects to one, the schema isn't ours any more.
        case SQLITE_CORRUPT, SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_FORMAT:
            self = .damaged(path: path, reason: message)
        default:
            let cause = systemError == 0 ? "" : ", \(String(cString: strerror(systemError)))"
            self = .failed(path: path, reason: "\(message) (SQLite code \(code)\(cause))")
        }
    }
}
