import Faceprint
import FaceprintInference

/// What a resident server found in a photo, as it goes over the socket: 32-bit words, little-endian, floats by their
/// bits. First a mark, what became of the photo, how many faces, how many numbers an embedding; then each face.
enum ResidentAnswer {
    typealias Outcome = Result<[EncodedFace], FaceSelectionError>

    private enum Kind: UInt32 {
        case faces, noFace, severalFaces
    }

    private static let mark: UInt32 = 0x3150_4650
    private static let headCount = 4
    /// Whether there is a face or the whole photo was taken for it; its box, landmarks and score.
    private static let faceCount = 1 + 4 + 10 + 1
    /// The most faces and numbers that are believed.
    private static let limit = 1 << 16

    static func bytes(of outcome: Outcome) -> [UInt8] {
        var words: [UInt32]
        switch outcome {
        case .success(let faces):
            words = [mark, Kind.faces.rawValue, UInt32(faces.count), UInt32(faces.first?.embedding.count ?? 0)]
            for face in faces { words += self.words(of: face) }
        case .failure(.noFace): words = [mark, Kind.noFace.rawValue, 0, 0]
        case .failure(.severalFaces(let count)): words = [mark, Kind.severalFaces.rawValue, UInt32(count), 0]
        }
        return words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
    }

    /// - Parameter space: Of the embeddings.
    /// - Returns: nil for bytes that are no such answer.
    static func outcome(of bytes: some Collection<UInt8>, space: EmbeddingSpace) -> Outcome? {
        guard bytes.count % 4 == 0, bytes.count >= 4 * headCount else { return nil }
        let words = Array(bytes).withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).map {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
            }
        }
        guard words[0] == mark, let kind = Kind(rawValue: words[1]), words[2] <= limit, words[3] <= limit else {
            return nil
        }
        let (count, length) = (Int(words[2]), Int(words[3]))
        let rest = words.dropFirst(headCount)
        switch kind {
        case .noFace: return rest.isEmpty ? .failure(.noFace) : nil
        case .severalFaces: return rest.isEmpty && count > 1 ? .failure(.severalFaces(count: count)) : nil
        case .faces:
            guard rest.count == count * (faceCount + length) else { return nil }
            let faces = stride(from: rest.startIndex, to: rest.endIndex, by: faceCount + length).map {
                face(of: rest[$0..<($0 + faceCount + length)], space: space)
            }
            let whole = faces.compactMap(\.self)
            return whole.count == faces.count ? .success(whole) : nil
        }
    }

    private static func words(of encoded: EncodedFace) -> [UInt32] {
        var numbers = [Float](repeating: 0, count: faceCount - 1)
        if let face = encoded.face {
            let points = face.landmarks.points
            numbers =
                [face.box.x, face.box.y, face.box.width, face.box.height] + points.flatMap { [$0.x, $0.y] }
                + [face.score]
        }
        return [encoded.face == nil ? 0 : 1] + (numbers + encoded.embedding.values).map(\.bitPattern)
    }

    private static func face(of words: ArraySlice<UInt32>, space: EmbeddingSpace) -> EncodedFace? {
        let numbers = words.dropFirst().map { Float(bitPattern: $0) }
        guard let isFace = words.first, isFace <= 1, numbers.allSatisfy(\.isFinite),
            let embedding = try? Embedding(unit: Array(numbers[(faceCount - 1)...]), space: space)
        else { return nil }
        func point(_ place: Int) -> Point { Point(x: numbers[4 + 2 * place], y: numbers[5 + 2 * place]) }
        let face = Face(
            box: Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]),
            landmarks: Landmarks(
                leftEye: point(0), rightEye: point(1), nose: point(2), leftMouth: point(3), rightMouth: point(4)),
            score: numbers[faceCount - 2])
        return EncodedFace(face: isFace == 1 ? face : nil, embedding: embedding)
    }
}
