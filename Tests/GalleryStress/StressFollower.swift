import Faceprint
import FaceprintGallery

/// Searches a gallery that others change, by an index that follows it.
struct StressFollower {
    private let gallery: Gallery
    private let index: GalleryIndex

    init(_ gallery: Gallery) {
        self.gallery = gallery
        index = GalleryIndex(gallery)
    }

    /// Looks for a template that is there. Whose it is before and after the search, for names don't come back, is who
    /// must be found.
    func step() throws {
        let total = try gallery.size().templates
        let entry = try gallery.templateList(offset: .random(in: 0...total), limit: 1).entries.first
        guard let entry else { return }
        let probe = try stressTemplate(stressNumber(entry.id)).embedding
        let found = try index.nearestPeople(to: [probe], count: 1)[0].first
        do {
            let owner = try gallery.template(entry.id).person
            guard owner == entry.person else { return }
            guard let found, found.person == owner, found.distance < 0.01 else {
                throw StressFailure("\(owner) has a template, and is not found by it")
            }
        } catch GalleryError.noSuchTemplate {
            // Removed meanwhile.
        }
    }

    /// Compares with an index that is made now, when nobody changes the gallery any more.
    func compare() throws {
        let other = GalleryIndex(gallery)
        guard try index.count() == other.count(), try other.count() == gallery.size().templates else {
            throw StressFailure("\(try index.count()) templates were followed, and there are \(try other.count())")
        }
        let probes = try gallery.templateList().entries.shuffled().prefix(200).map {
            try stressTemplate(stressNumber($0.id)).embedding
        }
        for group in [nil] + (0..<7).map({ "g\($0)" }) {
            let found = try index.nearestPeople(to: probes, count: 10, nearestTemplates: 3, among: group)
            guard try found == other.nearestPeople(to: probes, count: 10, nearestTemplates: 3, among: group) else {
                throw StressFailure("the index that followed finds others than a new one")
            }
        }
    }
}
