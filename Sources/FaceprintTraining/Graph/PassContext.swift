#if Training
    /// What steps ask of the pass that they are part of; it changes from pass to pass.
    final class PassContext {
        /// What the random numbers of each photo follow from, whatever else is in the batch.
        var seeds: [UInt64] = []
        /// Whether running statistics move. They do once for each photo of a step, whatever is computed twice.
        var movesStatistics = true
        /// Whether this pass' gradients complete the step's.
        var endsStep = true
    }
#endif
