#if Training
    import CKernels
    import Faceprint

    /// Changes the parameters of a network and of its loss by their gradients, and remembers what the optimizer has to.
    final class ParameterUpdate {
        /// Numbers that follow their gradients, and what the optimizer remembers of them. Each thread has some of its
        /// own.
        private struct Entry: @unchecked Sendable {
            let values: UnsafeMutableBufferPointer<Float>
            let gradients: UnsafeMutableBufferPointer<Float>
            let states: [FloatBuffer]
            /// Kernels decay; biases and normalisation don't.
            let decays: Bool
            let isOfNetwork: Bool
        }

        private let optimizer: Optimizer
        private let schedule: Schedule
        private let decay: Float
        private let clipping: Float?
        private let entries: [Entry]
        private let parameters: [Parameter]
        private let lossParameters: [LossParameter]

        /// - Parameters:
        ///   - parameters: Of the network, those that learn.
        ///   - clipping: The largest norm of all gradients of the network together; nil for any.
        init(
            _ parameters: [Parameter], _ lossParameters: [LossParameter], optimizer: Optimizer, schedule: Schedule,
            decay: Float, clipping: Float?
        ) {
            self.optimizer = optimizer
            self.schedule = schedule
            self.decay = decay
            self.clipping = clipping
            self.parameters = parameters
            self.lossParameters = lossParameters.filter(\.learns)
            func states(_ count: Int) -> [FloatBuffer] {
                (0..<optimizer.stateCount).map { _ in FloatBuffer(count: count) }
            }
            entries =
                parameters.compactMap { parameter in
                    guard let gradient = parameter.gradient else { return nil }
                    return Entry(
                        values: parameter.value.floats, gradients: gradient.floats,
                        states: states(gradient.floats.count), decays: parameter.weight == "kernel", isOfNetwork: true)
                }
                + self.lossParameters.map { parameter in
                    Entry(
                        values: parameter.values.numbers, gradients: parameter.gradients.numbers,
                        states: states(parameter.values.numbers.count), decays: parameter.decays, isOfNetwork: false)
                }
        }

        /// - Parameter step: Of all steps, from 1.
        func rate(at step: Int) -> Float { schedule.rate(at: step) }

        /// One step.
        ///
        /// - Parameter step: Of all steps, from 1.
        /// - Returns: The norm of all gradients of the network together. Where it isn't finite, nothing is changed.
        func callAsFunction(step: Int) -> Double {
            let ofNetwork = entries.filter(\.isOfNetwork)
            let squares = concurrentMap(ofNetwork) { fp_sum_of_squares($0.gradients.baseAddress, $0.gradients.count) }
            // In their order, for the same bits in each run.
            let norm = squares.reduce(0, +).squareRoot()
            guard norm.isFinite else { return norm }
            let factor = clipping.map { norm > Double($0) ? Float(Double($0) / norm) : 1 } ?? 1
            let (optimizer, decay, rate) = (optimizer, decay, schedule.rate(at: step))
            _ = concurrentMap(entries) { entry in
                if factor != 1, entry.isOfNetwork {
                    fp_scale(entry.gradients.baseAddress, entry.gradients.count, factor)
                }
                optimizer.update(
                    entry.values, gradients: entry.gradients, states: entry.states.map(\.numbers), rate: rate,
                    decay: entry.decays ? decay : 0, step: step)
            }
            return norm
        }

        /// What the optimizer remembers, in the order of this machine.
        var allStates: [FloatBuffer] { entries.flatMap(\.states) }

        /// What the optimizer remembers, by name: that of the network's parameters in Keras' order.
        func states() throws(TrainingError) -> [(name: String, values: [Float])] {
            var result: [(name: String, values: [Float])] = []
            for (parameter, entry) in zip(parameters, entries) {
                for (index, state) in entry.states.enumerated() {
                    result.append(("\(parameter.name)/\(index)", try parameter.inKerasOrder(state.numbers)))
                }
            }
            for (parameter, entry) in zip(lossParameters, entries.dropFirst(parameters.count)) {
                for (index, state) in entry.states.enumerated() {
                    result.append(("\(parameter.name)/\(index)", Array(state.numbers)))
                }
            }
            return result
        }

        /// Sets what ``states()`` has given.
        ///
        /// - Parameter state: By name and the number of values; throws where there is none.
        func restore(_ state: (_ name: String, _ count: Int) throws -> [Float]) throws {
            for (parameter, entry) in zip(parameters, entries) {
                for (index, buffer) in entry.states.enumerated() {
                    let numbers = try state("\(parameter.name)/\(index)", parameter.shape.reduce(1, *))
                    try parameter.set(numbers, in: buffer.numbers)
                }
            }
            for (parameter, entry) in zip(lossParameters, entries.dropFirst(parameters.count)) {
                for (index, buffer) in entry.states.enumerated() {
                    let numbers = try state("\(parameter.name)/\(index)", buffer.numbers.count)
                    _ = buffer.numbers.update(fromContentsOf: numbers)
                }
            }
        }
    }
#endif
