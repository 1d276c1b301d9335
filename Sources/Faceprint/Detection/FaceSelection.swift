/// Which of a photo's faces is meant.
public enum FaceSelection: Hashable, Sendable {
    /// All of them, from the largest to the smallest; none is no error.
    case every
    /// The largest, as at a door: whoever stands nearest.
    case largest
    /// The largest in the middle, as benchmarks frame the person meant: by area less twice the squared distance of the
    /// box's middle from the photo's.
    case central
    /// The only one, as for enrolment. People far behind don't count: faces of less than a quarter of the largest
    /// one's area.
    case only
}

/// Why a photo has not the face that is asked for.
public enum FaceSelectionError: Error, Equatable {
    case noFace
    case severalFaces(count: Int)
}

extension FaceSelectionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noFace:
            "no face was found; take a photo from nearer, in better light, or use a profile for whole photos"
        case .severalFaces(let count):
            "there are \(count) faces, and it must be one person's; cut the photo, or take the largest with --force"
        }
    }
}

extension FaceSelection {
    /// The faces that are meant, from the largest to the smallest.
    ///
    /// - Parameters:
    ///   - found: In a photo of that width and height.
    public func faces(of found: [Face], width: Int, height: Int) throws(FaceSelectionError) -> [Face] {
        if self == .every { return found.sorted { $0.box.area > $1.box.area } }
        guard let largest = found.largest else { throw .noFace }
        if self == .only {
            let near = found.count { $0.box.area * 4 >= largest.box.area }
            if near > 1 { throw .severalFaces(count: near) }
        }
        if self == .central, let central = found.central(width: width, height: height) { return [central] }
        return [largest]
    }
}
