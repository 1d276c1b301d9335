import Faceprint
import FaceprintGallery
import FaceprintImaging

extension Command {
    static let galleryVerify = Command(
        "gallery verify", "Is every row what it has to be, and the log what was recorded?",
        options: [.gallery, .sealKey, .json],
        example: """
            $ faceprint gallery verify
            The gallery is intact: 12 people, 57 templates, 57 thumbnails, 1204 events
            """
    ) { arguments in
        let found = try arguments.gallery().inspect { jpeg in
            do {
                _ = try Image(decoding: jpeg, name: "thumbnail")
                return nil
            } catch {
                return "\(error)"
            }
        }
        if arguments.has("json") {
            struct Record: Encodable {
                let intact: Bool
                let people, templates, thumbnails, events, firstEvent: Int
                let defects: [String]
            }
            Console.line(
                try json(
                    Record(
                        intact: found.isIntact, people: found.people, templates: found.templates,
                        thumbnails: found.thumbnails, events: found.events, firstEvent: found.logStart,
                        defects: found.defects)))
        } else if found.isIntact {
            let start = found.logStart > 1 ? ", the first is \(found.logStart)" : ""
            Console.line(
                "The gallery is intact: \(counted(found.people, "person", "people")), "
                    + "\(counted(found.templates, "template", "templates")), "
                    + "\(counted(found.thumbnails, "thumbnail", "thumbnails")), "
                    + counted(found.events, "event", "events") + start)
        } else {
            found.defects.forEach(Console.line)
        }
        return found.isIntact ? .yes : .no
    }
}
