#if Training
    /// What steps ask of the pass that they are part of; it changes from pass to pass.
    final class PassContext {
        /// What random numbers follow from.
        var seed: UInt64 = 0
        /// Whether running statistics move. They do once for each photo of a step, whatever is computed twice.
        var movesStatistics = true
        /// Whether this pass' gradients complete the step's.
        var endsStep = true
    }
#endif
