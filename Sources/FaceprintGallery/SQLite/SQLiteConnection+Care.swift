extension SQLiteConnection {
    func layoutVersion() throws(GalleryError) -> Int { try number("PRAGMA user_version") ?? 0 }

    func size() throws(GalleryError) -> Int {
        (try number("PRAGMA page_count") ?? 0) * (try number("PRAGMA page_size") ?? 0)
    }

    func didRemove() throws(GalleryError) { try run("INSERT INTO trace DEFAULT VALUES") }

    func structuralDefects() throws(GalleryError) -> [String] {
        var result: [String] = []
        let integrity = try prepare("PRAGMA main.integrity_check(1000)")
        while try integrity.step() {
            let text = integrity.text(0)
            if text != "ok" { result.append(text.printable(limit: 500)) }
        }
        let foreign = try prepare("PRAGMA main.foreign_key_check")
        while try foreign.step() {
            result.append(
                "row \(foreign.integer(1)) of \(foreign.text(0).printable(limit: 100)) refers to a row of "
                    + "\(foreign.text(2).printable(limit: 100)) that is missing")
        }
        return result
    }
}
