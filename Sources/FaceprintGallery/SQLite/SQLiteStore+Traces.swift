import Foundation
import Synchronization

/// SQLite overwrites what is deleted (`secure_delete`), but neither the copies that it leaves in a page's free space
/// whenever it has moved rows to other pages, nor what the write-ahead log held before. So the file is written anew and
/// the log emptied.
///
/// Other writers wait for as long as it takes to write the file, and so does who reads after one of them in the same
/// process. Nobody waits while it waits for readers: it has a connection of its own, and no lock then. What others
/// remove meanwhile is erased with the rest.
extension SQLiteStore {
    /// For how long a removal waits until nobody reads.
    private static let patience = Duration.seconds(1)

    func eraseTraces(always: Bool) throws(GalleryError) -> Bool {
        let limit = Duration.milliseconds(busyTimeout)
        let end = ContinuousClock.now + (always ? limit : min(limit, Self.patience))
        var rewritten: Int?
        while true {
            do throws(GalleryError) {
                if let isErased = try tryToErase(always: always, rewritten: &rewritten) { return isErased }
            } catch .busy {
                // Others write without a pause.
            }
            guard ContinuousClock.now < end else { return false }
            usleep(20_000)
        }
    }

    /// - Parameter rewritten: The last trace without which the file was written anew.
    /// - Returns: Whether nothing is left; nil where somebody is in the way.
    private func tryToErase(always: Bool, rewritten: inout Int?) throws(GalleryError) -> Bool? {
        try erasing.withLock { (_) throws(GalleryError) in
            let connection = try openToWrite()
            guard let last = try connection.number("SELECT id FROM trace ORDER BY id DESC LIMIT 1") else { return true }
            if last != rewritten {
                // While readers keep the log from being emptied, each such file would make it longer.
                let isEmpty = try emptyLog(connection)
                let size = try connection.size()
                guard always || size <= quicklyRewritten else { return false }
                guard isEmpty else { return nil }
                // What is rewritten passes through a copy, which would take the memory that a large gallery has bytes.
                if size > quicklyRewritten { try connection.run("PRAGMA temp_store = FILE") }
                try connection.run("VACUUM")
                rewritten = last
            }
            guard try emptyLog(connection) else { return nil }
            try connection.run("DELETE FROM trace WHERE id <= ?1", .integer(last))
            _ = try emptyLog(connection)
            return true
        }
    }

    /// Puts what the write-ahead log holds into the file, and makes it empty.
    ///
    /// - Returns: Whether it is; false where somebody reads what is in it.
    private func emptyLog(_ connection: SQLiteConnection) throws(GalleryError) -> Bool {
        // The second keeps writers waiting, and is short after the first, which doesn't.
        guard try moveLog(connection) else { return false }
        connection.setBusyTimeout(20)
        defer { connection.setBusyTimeout(busyTimeout) }
        return try connection.number("PRAGMA wal_checkpoint(TRUNCATE)") == 0
    }

    /// - Returns: Whether all of it was moved.
    private func moveLog(_ connection: SQLiteConnection) throws(GalleryError) -> Bool {
        let pages = try connection.prepare("PRAGMA wal_checkpoint(PASSIVE)")
        return try pages.step() && pages.integer(1) == pages.integer(2)
    }
}
