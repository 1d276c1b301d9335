import Faceprint
import FaceprintModels
import FaceprintTraining

/// Trains FaceNet for as many steps as each line of standard input says, and answers with photos per second.
///
/// train MODEL BATCH f32|bf16
func benchmarkTraining(_ arguments: [String]) throws {
    let network = try Network(kerasFile: arguments[0])
    let batch = Int(arguments[1]) ?? 24
    let precision = TrainingPrecision(rawValue: arguments[2]) ?? .f32
    let parameters = try ParameterStore(network)
    let graph = try TrainingGraph(parameters, batch: batch, options: .init(precision: precision))
    print("activations \(graph.activationByteCount >> 20) MiB")
    var random = SplitMix(seed: 1)
    graph.setPhotos((0..<(batch * 160 * 160 * 3)).map { _ in Float(random.next(below: 2001)) / 1000 - 1 })
    let clock = ContinuousClock()
    while let line = readLine(), let steps = Int(line) {
        let time = try clock.measure {
            for _ in 0..<steps {
                try graph.forward()
                try graph.backward(graph.embeddings.map { $0 * 0.1 })
            }
        }
        print(Double(steps * batch) / (time / .seconds(1)))
    }
}
