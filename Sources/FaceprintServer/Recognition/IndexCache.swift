import Faceprint
import FaceprintGallery
import Synchronization

/// The gallery laid out for searching, made anew when somebody, by this process or another, has changed it.
final class IndexCache: Sendable {
    private struct Entry {
        let version: Int
        let index: TemplateIndex?
    }

    private let gallery: Gallery
    private let entry = Mutex<Entry?>(nil)

    init(_ gallery: Gallery) { self.gallery = gallery }

    /// As the gallery is now; nil while it has no templates.
    func index() throws -> TemplateIndex? {
        let version = try gallery.peopleVersion()
        return try entry.withLock { entry in
            // What is newer than asked for is as good: the gallery was changed in between.
            if let entry, entry.version >= version { return entry.index }
            let index = try gallery.index()
            entry = Entry(version: version, index: index)
            return index
        }
    }
}
