import Faceprint
import FaceprintEvaluation
import FaceprintImaging

/// The worst pairs with their photos, for a report.
struct WorstDecisions {
    static let ofEachKind = 12
    /// The longer side of a picture, in pixels; twice what a page shows, for fine screens.
    private static let side = 224

    private struct Worst {
        let first: Int
        let second: Int
        let distance: Float
        let isGenuine: Bool
    }

    private let pairs: [Worst]
    private let measured: MeasuredPhotos

    /// Of all pairs.
    init(_ all: AllPairs, _ measured: MeasuredPhotos) {
        self.measured = measured
        pairs =
            all.nearestImpostors.map {
                Worst(first: $0.first, second: $0.second, distance: $0.distance, isGenuine: false)
            }
            + all.farthestGenuine.map {
                Worst(first: $0.first, second: $0.second, distance: $0.distance, isGenuine: true)
            }
    }

    /// Of a list's pairs; those with a refused photo are no decisions about faces.
    init(_ list: [MeasuredPair], _ measured: MeasuredPhotos) {
        self.measured = measured
        let places = Dictionary(measured.photos.enumerated().map { ($1.name, $0) }) { first, _ in first }
        let seen = list.filter { !$0.isRefused }
        let impostors = seen.filter { !$0.pair.isGenuine }.sorted { $0.distance < $1.distance }
        let genuine = seen.filter(\.pair.isGenuine).sorted { $0.distance > $1.distance }
        pairs = (impostors.prefix(Self.ofEachKind) + genuine.prefix(Self.ofEachKind)).compactMap { pair in
            guard let first = places[pair.pair.first], let second = places[pair.pair.second] else { return nil }
            return Worst(first: first, second: second, distance: pair.distance, isGenuine: pair.pair.isGenuine)
        }
    }

    /// Reads the photos once more and cuts them down to the faces and what is around them.
    func decisions() throws -> [WrongDecision] {
        try pairs.map {
            WrongDecision(
                isGenuine: $0.isGenuine, distance: $0.distance, first: try picture($0.first),
                second: try picture($0.second))
        }
    }

    private func picture(_ place: Int) throws -> WrongDecision.Photo {
        let photo = measured.photos[place]
        let image = try Photo(contentsOf: photo.path).image
        let shown: Image
        if var face = measured.faces[place] {
            face.box = face.box.surroundings(width: image.width, height: image.height)
            shown = try image.aligned(to: face, as: .box, width: Self.side, height: Self.side)
        } else {
            let scale = min(1, Double(Self.side) / Double(max(image.width, image.height)))
            shown = image.resized(
                width: max(1, Int(Double(image.width) * scale)), height: max(1, Int(Double(image.height) * scale)),
                interpolation: .lanczos)
        }
        return WrongDecision.Photo(caption: photo.shortName, jpeg: try shown.jpegData())
    }
}

extension Box {
    /// A square of at most twice the face's size around it, inside of the photo, as the cut wants it: without the
    /// 12.5 % at each side that it adds.
    fileprivate func surroundings(width photoWidth: Int, height photoHeight: Int) -> Box {
        let side = min(2 * max(width, height), Float(min(photoWidth, photoHeight)))
        let left = min(max(x + width / 2 - side / 2, 0), Float(photoWidth) - side)
        let top = min(max(y + height / 2 - side / 2, 0), Float(photoHeight) - side)
        return Box(x: left + side / 10, y: top + side / 10, width: side * 0.8, height: side * 0.8)
    }
}

extension PhotoSet.Photo {
    /// Without the folder, where the file repeats its name, as in LFW.
    fileprivate var shortName: String {
        let parts = name.split(separator: "/")
        guard parts.count >= 2, parts[parts.count - 1].hasPrefix(parts[parts.count - 2]) else { return name }
        return String(parts[parts.count - 1])
    }
}
