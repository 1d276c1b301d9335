import Faceprint
import Foundation

/// The assignment's photos with their exact pixels, embeddings, distances and decisions.
public struct Seed {
    public struct Verification: Decodable, Sendable {
        public let photo, identity: String
        /// In the assignment, whose JPEG decoder was another.
        public let published: Float
        /// With today's decoder.
        public let libjpegTurbo: Float
        public let doorOpen: Bool
    }

    public struct Identification: Decodable, Sendable {
        public let photo, nearest: String
        public let distance: Float
        public let inDatabase: Bool
    }

    private struct Expected: Decodable {
        let verify: [Verification]
        let identify: [Identification]
    }

    private struct Names: Decodable {
        let names: [String]
    }

    /// The 18 photos' file names, in the order of ``images`` and ``outputs``.
    public let names: [String]
    /// As the network takes them, 160×160.
    public let images: [Image]
    /// What the network gives for them, before scaling to unit length.
    public let outputs: [[Float]]
    public let verifications: [Verification]
    public let identifications: [Identification]

    public init() throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        names = try decoder.decode(Names.self, from: try SharedData.data("golden/facenet.json")).names
        let expected = try decoder.decode(Expected.self, from: try SharedData.data("seed/expected.json"))
        verifications = expected.verify
        identifications = expected.identify
        let pixels = Array(try SharedData.data("golden/seed_pixels_160.u8"))
        let size = 160 * 160 * 3
        images = try names.indices.map {
            try Image(width: 160, height: 160, pixels: Array(pixels[($0 * size)..<(($0 + 1) * size)]))
        }
        let numbers = try SharedData.data("golden/seed_embeddings_raw.f32").withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).map {
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
            }
        }
        outputs = names.indices.map { Array(numbers[($0 * 128)..<(($0 + 1) * 128)]) }
    }

    /// The photo files of the twelve people: all but the camera's.
    public var people: [String] { names.filter { !$0.hasPrefix("camera") } }
}
