import Faceprint
import FaceprintFiles
import FaceprintImaging
import Foundation

extension Command {
    static let encode = Command(
        "encode", "Print the embeddings of photos: of the largest face of each.",
        operands: Operands(usage: "PHOTO…", count: 1...Int.max),
        options: [
            .json, .value("output", "FILE.npy", "write one array, a row a photo, for NumPy", completion: .file),
            .noResident,
        ] + Option.encoding,
        example: """
            $ faceprint encode younes.jpg kian.jpg --output embeddings.npy
            embeddings.npy: 2 × 128 numbers
            """
    ) { arguments in
        let photos = arguments.operands
        let settings = try RecognitionSettings(arguments, mode: RecognitionSettings.mode(photos: photos.count))
        var embeddings: [(path: String, embedding: Embedding)] = []
        try settings.faces(ofFilesAt: photos, .largest) { place, encoded in
            do {
                embeddings.append((photos[place], try encoded.get()[0].embedding))
            } catch {
                throw PhotoFailure(path: photos[place], error: error)
            }
        }
        if let path = arguments.string("output") {
            try File.write(NPY.bytes(embeddings.map(\.embedding.values)), to: path)
            Console.line("\(path): \(embeddings.count) × \(settings.model.embeddingLength) numbers")
        } else if arguments.has("json") {
            struct Row: Encodable {
                let photo: String
                let space: EmbeddingSpace
                let embedding: [Float]
            }
            let rows = embeddings.map { path, embedding in
                Row(photo: path, space: embedding.space, embedding: embedding.values)
            }
            Console.line(try json(rows))
        } else {
            for (path, embedding) in embeddings {
                Console.line(([path] + embedding.values.map { "\($0)" }).joined(separator: " "))
            }
        }
        return .yes
    }
}
