import Faceprint
import FaceprintFiles
import FaceprintImaging
import FaceprintInference
import FaceprintModels
import Foundation

/// Serves the rounds of `encoding.py`, one a line on standard input, and answers each on one line:
///
///     N          →  seconds to encode all pictures in batches of N, and the numbers of their embeddings
///     prepare    →  seconds to write all pictures as the model's input
///
/// - Parameter arguments: A file of pictures (bytes, `[picture][side][side][3]` with the side of the model's input),
///   the model's name, how pixels become numbers, the precision and the mode.
func benchmarkEncoding(_ arguments: [String]) throws {
    guard arguments.count == 5, let normalization = Normalization(rawValue: arguments[2]),
        let precision = EncoderOptions.Precision(rawValue: arguments[3]),
        let mode = EncoderOptions.Mode(rawValue: arguments[4])
    else { fatalError("encoding PICTURES MODEL NORMALIZATION PRECISION MODE") }
    let model = try ModelCatalogue().model(named: arguments[1])
    let side = model.manifest.input.width
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: arguments[0])))
    let pictures = try stride(from: 0, to: bytes.count, by: side * side * 3).map {
        try Image(width: side, height: side, pixels: Array(bytes[$0..<($0 + side * side * 3)]))
    }
    let encoder = try NetworkEncoder(
        model,
        profile: PreprocessingProfile(
            name: "pictures", alignment: .wholePhoto, interpolation: .nearest, normalization: normalization),
        options: EncoderOptions(precision: precision, mode: mode, cacheFolder: DataFolder().cache))
    let input = UnsafeMutableBufferPointer<Float>.allocate(capacity: side * side * 3)

    while let line = readLine() {
        var outputs: [[Float]] = []
        let start = ContinuousClock.now
        if line == "prepare" {
            for picture in pictures { encoder.profile.normalization.apply(to: picture.pixels, into: input) }
        } else if let batch = Int(line), batch > 0 {
            for first in stride(from: 0, to: pictures.count, by: batch) {
                outputs += try encoder.outputs(for: Array(pictures[first..<min(first + batch, pictures.count)]))
            }
        } else {
            fatalError("“\(line)” is not a round")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(([String(seconds)] + outputs.joined().map { String($0) }).joined(separator: " "))
        fflush(nil)
    }
}

/// Writes photos as `benchmarkEncoding` reads them, brought to their size by nearest neighbour.
///
/// - Parameter arguments: The file to write, the side in pixels, then the photos.
func writePictures(_ arguments: [String]) throws {
    let side = Int(arguments[1])!
    let pictures = try arguments.dropFirst(2).map {
        try Photo(contentsOf: $0).image.resizedByNearestNeighbour(width: side, height: side)
    }
    try Data(pictures.flatMap(\.pixels)).write(to: URL(fileURLWithPath: arguments[0]))
}
