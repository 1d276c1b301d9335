import Faceprint
import FaceprintImaging

extension Command {
    static let identify = Command(
        "identify", "Who is this, if anybody enrolled? (1:N)",
        operands: Operands(usage: "PHOTO…", count: 0...Int.max),
        options: [
            .value("top", "K", "name the K nearest people (default: 1)"),
            .value(
                "folder", "DIR", "instead of photos: one folder a person; says how many were right",
                completion: .folder),
            .gallery, .sealKey, .group, .search, .searchEffort, .threshold, .nearestTemplates, .noResident,
            .json,
        ] + Option.encoding,
        example: """
            $ faceprint identify camera_0.jpg stranger.jpg
            camera_0.jpg: It's younes, the distance is 0.6020
            stranger.jpg: Not in the database. (nearest is 1.0131 away, threshold 0.7000)
            """
    ) { arguments in
        let photos: [PersonPhoto]
        if let folder = arguments.string("folder") {
            guard arguments.operands.isEmpty else { throw UsageError("give photos or --folder, not both") }
            photos = try PersonPhoto.all(in: folder)
        } else {
            guard !arguments.operands.isEmpty else { throw UsageError("“identify” takes PHOTO… or --folder DIR") }
            photos = arguments.operands.map { PersonPhoto(path: $0, person: nil) }
        }
        let nearestTemplates = try arguments.nearestTemplates()
        let top = try arguments.number("top", in: 1...1_000_000) ?? 1
        let gallery = try arguments.gallery()
        let search = try gallery.search(try arguments.searchKind())
        let settings = try RecognitionSettings(
            arguments, space: try gallery.space(), mode: RecognitionSettings.mode(photos: photos.count))
        let threshold = try settings.identificationThreshold(of: gallery)
        for defect in try search.damage() { Console.error("\(defect)") }
        var report: any IdentificationReport =
            if arguments.has("json") {
                IdentificationJSON()
            } else if arguments.has("folder") {
                IdentificationTable()
            } else {
                IdentificationLines(top: top)
            }
        var failed = false
        try settings.faces(ofFilesAt: photos.map(\.path), arguments.has("folder") ? .largest : .every) {
            place, encoded in
            let photo = photos[place]
            switch encoded {
            case .success(let faces):
                for (number, face) in faces.enumerated() {
                    let answer = try search.identify(
                        face.embedding, threshold: threshold, top: top, nearestTemplates: nearestTemplates,
                        among: arguments.string("group"))
                    try report.add(photo, FacePlace(number: number + 1, of: faces.count, box: face.face?.box), answer)
                }
                guard faces.isEmpty else { return }
                failed = true
                Console.error("\(PhotoFailure(path: photo.path, error: FaceSelectionError.noFace))")
            case .failure(let error):
                failed = true
                Console.error("\(PhotoFailure(path: photo.path, error: error))")
            }
        }
        try report.finish()
        return failed ? .failure : report.allAccepted ? .yes : .no
    }
}
