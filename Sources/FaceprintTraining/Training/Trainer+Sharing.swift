#if Training
    import Foundation

    extension Trainer {
        /// Gives all ranks the parameters of rank 0, what its optimizer remembers, and its place in the run.
        func share(with communicator: any Communicator) throws {
            guard !communicator.isAlone else { return }
            for parameter in parameters.all { try broadcast(parameter.value.floats, communicator) }
            for buffer in update.allStates { try broadcast(buffer.numbers, communicator) }
            for parameter in loss.parameters { try broadcast(parameter.values.numbers, communicator) }
            var text = try JSONEncoder().encode(state)
            var count = text.count
            try withUnsafeMutableBytes(of: &count) { try communicator.broadcast($0) }
            if !communicator.isFirst { text = Data(count: count) }
            try text.withUnsafeMutableBytes { try communicator.broadcast($0) }
            state = try JSONDecoder().decode(TrainingState.self, from: text)
            try parameters.refresh()
        }

        private func broadcast(
            _ numbers: UnsafeMutableBufferPointer<Float>, _ communicator: any Communicator
        ) throws(TrainingError) {
            try communicator.broadcast(UnsafeMutableRawBufferPointer(numbers))
        }
    }
#endif
