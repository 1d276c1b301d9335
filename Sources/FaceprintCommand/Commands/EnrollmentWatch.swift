import Faceprint
import FaceprintGallery

/// What is odd about photos that were enrolled: they are near to somebody else, or far from the person.
struct EnrollmentWatch {
    private let gallery: Gallery
    private let threshold: Float
    private let index: GalleryIndex

    /// - Parameter threshold: Of verification.
    init(_ gallery: Gallery, threshold: Float) {
        self.gallery = gallery
        self.threshold = threshold
        index = GalleryIndex(gallery)
    }

    /// - Parameters:
    ///   - template: Just enrolled.
    ///   - person: As the gallery has the name.
    /// - Returns: One line, or nil where all is as expected.
    mutating func warning(about template: Template, of person: String) throws -> String? {
        let probe = template.embedding
        // Two people are enough: one of them is another.
        let other = try index?.nearestPeople(to: probe, count: 2).first { $0.person != person }
        let lookalike = other.flatMap { $0.distance <= threshold ? $0 : nil }
        let own = try gallery.templates(of: person).filter { $0.photoSHA256 != template.photoSHA256 }.map(\.embedding)
        let nearestOwn = own.isEmpty ? nil : try verify(probe, against: own, threshold: threshold)
        try add(probe, of: person)
        switch (lookalike, nearestOwn) {
        case (let lookalike?, let own?) where !own.isMatch:
            return "looks like \(lookalike.person) (distance \(formatted(lookalike.distance))) and not like \(person) "
                + "(\(formatted(own.distance)), threshold \(formatted(threshold))): enrolled under the wrong name?"
        case (let lookalike?, _):
            return "looks like \(lookalike.person) (distance \(formatted(lookalike.distance)), threshold "
                + "\(formatted(threshold))): the same person under two names?"
        case (nil, let own?) where !own.isMatch:
            return "doesn't look like \(person)'s other photos (the nearest is \(formatted(own.distance)) away, "
                + "threshold \(formatted(threshold))): another person, or a bad photo?"
        default:
            return nil
        }
    }

    private mutating func add(_ template: Embedding, of person: String) throws {
        if index == nil {
            index = try TemplateIndex(
                space: template.space, dimension: template.count, people: [], owners: [], templates: [])
        }
        try index?.append(template, of: person)
    }
}
