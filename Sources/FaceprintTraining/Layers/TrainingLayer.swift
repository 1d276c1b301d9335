#if Training
    /// A layer on the tape. Making it appends its forward steps; its gradient stands beside them.
    protocol TrainingLayer {
        var output: Value { get }
        /// Those whose gradients its gradient gives.
        var parameters: [Parameter] { get }

        /// Appends the steps that turn the gradient of the output into those of its inputs and parameters.
        ///
        /// - Parameter gradient: Of the loss with respect to ``output``; of the same shape.
        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError)
    }

    extension TrainingLayer {
        var parameters: [Parameter] { [] }
    }
#endif
