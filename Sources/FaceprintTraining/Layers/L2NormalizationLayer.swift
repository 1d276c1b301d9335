#if Training
    import COneDNN
    import FaceprintModels

    /// Scales each vector to unit length: `y = x / ‖x‖`, with the gradient `(g − y (y · g)) / ‖x‖`.
    struct L2NormalizationLayer: TrainingLayer {
        let output: Value
        private let input: Value
        private let source: TensorMemory
        private let count: Int
        private let length: Int

        /// Shorter vectors are divided by this instead, as 0 has no direction.
        private static let smallestNorm = 1e-6

        init(_ input: Value, on tape: Tape) throws(TrainingError) {
            self.input = input
            let shape = input.memory.descriptor.shape
            (count, length) = (shape[0], shape[1])
            let plain = try TensorDescriptor(plain: shape)
            source = try tape.reordered(input.memory, to: plain, name: "L2 normalisation")
            let result = tape.memory(plain)
            output = Value(result, needsGradient: input.needsGradient)
            let (source, count, length) = (source, count, length)
            tape.append(
                .work(memories: [source, result], name: "L2 normalisation") {
                    for row in 0..<count {
                        let place = (row * length)..<((row + 1) * length)
                        let factor = Float(1 / Self.norm(source.floats[place]))
                        for index in place { result.floats[index] = source.floats[index] * factor }
                    }
                })
        }

        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            let plain = source.descriptor
            let given = try tape.reordered(gradient, to: plain, name: "L2 normalisation, gradient")
            let result = tape.memory(plain)
            let (source, output, count, length) = (source, output.memory, count, length)
            tape.append(
                .work(memories: [source, output, given, result], name: "L2 normalisation, gradient") {
                    for row in 0..<count {
                        let place = (row * length)..<((row + 1) * length)
                        let norm = Self.norm(source.floats[place])
                        let along = place.reduce(0.0) { $0 + Double(output.floats[$1]) * Double(given.floats[$1]) }
                        for index in place {
                            let across = Double(given.floats[index]) - along * Double(output.floats[index])
                            result.floats[index] = Float(across / norm)
                        }
                    }
                })
            input.contribute(
                try tape.reordered(result, to: input.memory.descriptor, name: "L2 normalisation, gradient"))
        }

        private static func norm(_ vector: Slice<UnsafeMutableBufferPointer<Float>>) -> Double {
            max(vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot(), smallestNorm)
        }
    }
#endif
