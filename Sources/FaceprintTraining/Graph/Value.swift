#if Training
    import COneDNN

    /// What a layer gives, and the gradients that those who take it give back.
    final class Value {
        let memory: TensorMemory
        /// Whether a parameter that learns comes before it.
        let needsGradient: Bool
        private var contributions: [TensorMemory] = []

        init(_ memory: TensorMemory, needsGradient: Bool) {
            self.memory = memory
            self.needsGradient = needsGradient
        }

        /// Adds what one of its takers has for it. The tensor may be shared; nobody writes it again.
        func contribute(_ gradient: TensorMemory) { contributions.append(gradient) }

        /// The gradient of the loss with respect to it, when all that take it have contributed.
        ///
        /// - Returns: nil where nobody has.
        func gradient(on tape: Tape, name: String) throws(TrainingError) -> TensorMemory? {
            if contributions.count < 2 { return contributions.first }
            return try tape.sum(contributions, as: memory.descriptor, name: name)
        }
    }
#endif
