import Faceprint
import FaceprintGallery

/// What is odd about photos that were enrolled: they are near to somebody else, or far from the person.
struct EnrollmentWatch: Sendable {
    /// A template and whose it is, as they were when it was stored, and the people who were nearest before.
    typealias Enrolled = (template: Template, person: Person, nearest: [Candidate])

    private let gallery: Gallery
    private let threshold: Float
    private let index: GalleryIndex

    /// Reads the gallery.
    ///
    /// - Parameter threshold: Of verification.
    init(_ gallery: Gallery, threshold: Float) throws {
        self.gallery = gallery
        self.threshold = threshold
        index = GalleryIndex(gallery)
        _ = try index.count()
    }

    /// The two people nearest to each of some templates that are about to be stored: one of them is another.
    func nearest(to templates: [Template]) throws -> [[Candidate]] {
        try index.nearestPeople(to: templates.map(\.embedding), count: 2)
    }

    /// - Parameter enrolled: Just enrolled, in their order: each is held against those before it.
    /// - Returns: One line for each, or nil where all is as expected.
    func warnings(about enrolled: [Enrolled]) throws -> [String?] {
        try enrolled.indices.map { try warning(about: enrolled[$0], enrolled[..<$0]) }
    }

    /// - Parameter earlier: Enrolled together with it, and before it.
    private func warning(about new: Enrolled, _ earlier: ArraySlice<Enrolled>) throws -> String? {
        var distances = Dictionary(new.nearest.map { ($0.person, $0.distance) }) { min($0, $1) }
        for (template, person, _) in earlier {
            let distance = try euclideanDistance(template.embedding, new.template.embedding)
            distances[person.name] = min(distances[person.name] ?? distance, distance)
        }
        let person = new.person.name
        let other = distances.filter { $0.key != person && $0.value <= threshold }.min { $0.value < $1.value }
        var own = distances[person]
        if own.map({ $0 > threshold }) ?? true, !new.nearest.contains(where: { $0.person == person }) {
            own = try ownDistance(of: new) ?? own
        }
        switch (other, own) {
        case (let other?, let own?) where own > threshold:
            return "looks like \(other.key) (distance \(formatted(other.value))) and not like \(person) "
                + "(\(formatted(own)), threshold \(formatted(threshold))): enrolled under the wrong name?"
        case (let other?, _):
            return "looks like \(other.key) (distance \(formatted(other.value)), threshold "
                + "\(formatted(threshold))): the same person under two names?"
        case (nil, let own?) where own > threshold:
            return "doesn't look like \(person)'s other photos (the nearest is \(formatted(own)) away, "
                + "threshold \(formatted(threshold))): another person, or a bad photo?"
        default:
            return nil
        }
    }

    /// The distance to the person's templates that were there before; nil where there were none. The gallery is asked
    /// only where two other people are nearer, or the person is new here.
    ///
    /// - Returns: nil also where they can't be read: the photo is stored, and this only a warning.
    private func ownDistance(of new: Enrolled) throws -> Float? {
        guard new.person.templateCount > 1, let own = try? gallery.templates(of: new.person.name) else { return nil }
        let before = own.prefix { $0.id != new.template.id }.map(\.embedding)
        return before.isEmpty ? nil : try verify(new.template.embedding, against: before, threshold: threshold).distance
    }
}
