import Faceprint
import FaceprintFiles
import FaceprintImaging
import FaceprintInference
import FaceprintModels
import Foundation

/// Serves the rounds of `detection.py`, one a line on standard input, and answers each on one line:
///
///     search    →  seconds to find the faces of all photos, as the network gives them, in f32
///     whole     →  the same as commands do it: each face is looked at again for its landmarks, in the arithmetic that
///                  suits the processor
///
/// Then for each photo the number of faces, and of each face x, y, width and height in pixels.
///
/// - Parameter arguments: The photos, which are read beforehand.
func benchmarkDetection(_ arguments: [String]) throws {
    let photos = try arguments.map { try Image(contentsOf: $0) }
    let path = try DetectorFiles().yunet()
    let cache = DataFolder().cache
    let search = try YuNetDetector(
        path: path, options: EncoderOptions(precision: .f32, mode: .throughput, cacheFolder: cache), closerLook: nil)
    let whole = try YuNetDetector(path: path, options: EncoderOptions(mode: .throughput, cacheFolder: cache))

    while let line = readLine() {
        let detector: YuNetDetector
        switch line {
        case "search": detector = search
        case "whole": detector = whole
        default: fatalError("“\(line)” is not a round")
        }
        let start = ContinuousClock.now
        let found = try detector.detect(in: photos)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let words = found.flatMap { faces in
            ["\(faces.count)"] + faces.flatMap { [$0.box.x, $0.box.y, $0.box.width, $0.box.height].map { "\($0)" } }
        }
        print(([String(seconds)] + words).joined(separator: " "))
        fflush(nil)
    }
}
