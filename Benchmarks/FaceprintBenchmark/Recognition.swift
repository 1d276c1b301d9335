import Faceprint
import FaceprintFiles
import FaceprintImaging
import FaceprintInference
import FaceprintModels
import Foundation

/// Serves the rounds of `recognition.py`: from JPEG files to decisions, as bulk commands do it.
///
/// A line on standard input names a file that lists photos, one a line. The answer is one line: the seconds that it
/// took, and for each photo the numbers of its embedding, all `nan` where no face was found. The line `stages` is
/// answered with the name, the seconds of all threads and the photos of each stage until then.
///
/// - Parameter arguments: The model's name.
func benchmarkRecognition(_ arguments: [String]) throws {
    guard arguments.count == 1 else { fatalError("recognition MODEL") }
    let model = try ModelCatalogue().recognitionModel(named: arguments[0])
    let timings = Timings()
    let recognizer = try recognizer(model, mode: .throughput, timings: timings)
    let missing = Array(repeating: Float.nan, count: model.embeddingLength)

    while let line = readLine() {
        guard line != "stages" else {
            print(0, timings.stages.map { "\($0.stage) \($0.seconds) \($0.count)" }.joined(separator: " "))
            fflush(nil)
            continue
        }
        let photos = try String(contentsOfFile: line, encoding: .utf8).split(separator: "\n").map(String.init)
        let start = ContinuousClock.now
        let found = try embeddings(of: photos, recognizer)
        // The decisions: is it the person on the first photo that has a face?
        if let claimed = found.lazy.compactMap({ $0 }).first {
            for case let probe? in found {
                _ = try verify(probe, against: [claimed], threshold: model.thresholds.verification)
            }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let numbers = found.flatMap { $0?.values ?? missing }
        print(([String(seconds)] + numbers.map { String($0) }).joined(separator: " "))
        fflush(nil)
    }
}

/// nil where no face was found.
private func embeddings(of photos: [String], _ recognizer: Recognizer) throws -> [Embedding?] {
    var found: [Embedding?] = []
    try recognizer.faces(ofFilesAt: photos, .central) { _, result in
        found.append(try? result.get()[0].embedding)
    }
    return found
}

/// Does the steps of `faceprint verify` one after the other and prints the seconds of each: to read and decode the
/// photo, to load the networks, to find and encode the face.
///
/// - Parameter arguments: The photo.
func benchmarkSteps(_ arguments: [String]) throws {
    guard arguments.count == 1 else { fatalError("steps PHOTO") }
    let clock = ContinuousClock()
    let start = clock.now
    let photo = try Photo(contentsOf: arguments[0])
    let decoded = clock.now
    let recognizer = try recognizer(try ModelCatalogue().recognitionModel(named: "fused"), mode: .latency)
    let loaded = clock.now
    _ = try recognizer.faces(of: photo.image, .largest)
    print((decoded - start) / .seconds(1), (loaded - decoded) / .seconds(1), (clock.now - loaded) / .seconds(1))
}

private func recognizer(
    _ model: RecognitionModel, mode: EncoderOptions.Mode, timings: Timings? = nil
) throws -> Recognizer {
    let options = EncoderOptions(mode: mode, cacheFolder: DataFolder().cache)
    return Recognizer(
        encoder: try Encoder(model, options: options),
        detector: try YuNetDetector(path: try DetectorFiles().yunet(), options: options), timings: timings)
}
