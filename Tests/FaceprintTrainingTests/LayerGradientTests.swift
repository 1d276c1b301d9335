#if Training
    import FaceprintModels
    import TestSupport
    import Testing

    @testable import FaceprintTraining

    /// Each layer's output within 1e-4, and each parameter's gradient within 1e-3, of a computation in double precision
    /// and of its finite differences; relative to the largest number. A layer without parameters stands between two that
    /// have some, so that its own gradient is on the way.
    @Suite struct LayerGradientTests {
        private func check(
            _ check: GradientCheck = GradientCheck(), input: [Int] = [9, 9, 3],
            _ body: (inout NetworkBuilder, NetworkBuilder.Node) throws -> NetworkBuilder.Node
        ) throws {
            var builder = NetworkBuilder(name: "test", input: input, seed: 3)
            let output = try body(&builder, builder.input)
            try check(try builder.network(output: output))
        }

        @Test(arguments: [
            Window(height: 3, width: 3), Window(height: 3, width: 3, strideY: 2, strideX: 2, padding: .same),
            Window(height: 1, width: 7, padding: .same), Window(height: 7, width: 1, padding: .same),
            Window(height: 2, width: 2, strideY: 2, strideX: 2, padding: .same), Window(height: 1, width: 1),
            Window(height: 5, width: 3, strideY: 1, strideX: 2, padding: .same),
        ])
        func convolution(_ window: Window) throws {
            try check { builder, x in
                let first = try builder.convolution(x, filters: 16, size: 3)
                let second = try builder.convolution(first, filters: 32, window: window, hasBias: true)
                return try builder.globalAveragePooling(second)
            }
        }

        /// Numbers of channels that no block of the processor fits.
        @Test func convolutionOfOddChannels() throws {
            try check { builder, x in
                let first = try builder.convolution(x, filters: 5, size: 3, hasBias: true)
                return try builder.globalAveragePooling(try builder.convolution(first, filters: 7, size: 3))
            }
        }

        @Test(arguments: [true, false]) func batchNormalization(hasScale: Bool) throws {
            try check { builder, x in
                let first = try builder.convolution(x, filters: 16, size: 3)
                let second = try builder.batchNormalization(first, hasScale: hasScale)
                let third = try builder.convolution(second, filters: 16, size: 2, stride: 2)
                return try builder.globalAveragePooling(try builder.convolution(third, filters: 16, size: 3))
            }
        }

        @Test func batchNormalizationWithReLU() throws {
            try check { builder, x in
                let first = try builder.unit(x, filters: 16, size: 3)
                return try builder.globalAveragePooling(try builder.unit(first, filters: 32, size: 3, stride: 2))
            }
        }

        /// A frozen layer uses its running statistics, and the gradient goes on to what is before it.
        @Test func frozenBatchNormalization() throws {
            try check(GradientCheck(frozen: ["bn_1"])) { builder, x in
                let first = try builder.unit(x, filters: 16, size: 3)
                return try builder.globalAveragePooling(try builder.convolution(first, filters: 16, size: 3))
            }
        }

        @Test func relu() throws {
            try check { builder, x in
                let first = try builder.convolution(x, filters: 16, size: 3, hasBias: true)
                return try builder.globalAveragePooling(try builder.relu(first))
            }
        }

        @Test(arguments: [Window.Padding.same, .valid]) func maxPooling(_ padding: Window.Padding) throws {
            try check { builder, x in
                let first = try builder.convolution(x, filters: 16, size: 3)
                return try builder.globalAveragePooling(
                    try builder.maxPooling(first, size: 3, stride: 2, padding: padding))
            }
        }

        @Test(arguments: [Window.Padding.same, .valid]) func averagePooling(_ padding: Window.Padding) throws {
            try check(input: [10, 10, 3]) { builder, x in
                let first = try builder.convolution(x, filters: 16, size: 3)
                let pooled = try builder.averagePooling(first, size: 3, stride: 2, padding: padding)
                return try builder.globalAveragePooling(try builder.convolution(pooled, filters: 16, size: 3))
            }
        }

        /// Channels in whole blocks of the processor, and not.
        @Test(arguments: [[16, 32, 16], [5, 7, 12]]) func concatenation(_ filters: [Int]) throws {
            try check { builder, x in
                let branches = try filters.map { try builder.convolution(x, filters: $0, size: 3) }
                let joined = try builder.concatenation(branches)
                return try builder.globalAveragePooling(try builder.convolution(joined, filters: 16, size: 3))
            }
        }

        /// The sum is written by the convolution before it.
        @Test(arguments: [1, 0.17] as [Float], [true, false])
        func residualBranch(scale: Float, hasReLU: Bool) throws {
            try check { builder, x in
                let trunk = try builder.convolution(x, filters: 16, size: 3)
                let inner = try builder.unit(trunk, filters: 16, size: 3)
                let branch = try builder.convolution(inner, filters: 16, size: 1, hasBias: true)
                let sum = try builder.scaledSum(trunk, branch, scale: scale)
                let end = hasReLU ? try builder.relu(sum) : sum
                return try builder.globalAveragePooling(try builder.convolution(end, filters: 16, size: 3))
            }
        }

        /// The sum is a step of its own, as something else comes between.
        @Test(arguments: [1, 0.17] as [Float]) func scaledSum(scale: Float) throws {
            try check { builder, x in
                let trunk = try builder.convolution(x, filters: 16, size: 3)
                let branch = try builder.batchNormalization(try builder.convolution(trunk, filters: 16, size: 3))
                let sum = try builder.relu(try builder.scaledSum(trunk, branch, scale: scale))
                return try builder.globalAveragePooling(try builder.convolution(sum, filters: 16, size: 3))
            }
        }

        @Test(arguments: [true, false]) func dense(hasBias: Bool) throws {
            try check { builder, x in
                let pooled = try builder.globalAveragePooling(try builder.convolution(x, filters: 16, size: 3))
                let hidden = try builder.relu(try builder.dense(pooled, units: 20, hasBias: true))
                return try builder.dense(hidden, units: 6, hasBias: hasBias)
            }
        }

        @Test func l2Normalization() throws {
            try check(GradientCheck(isNormalized: true)) { builder, x in
                let pooled = try builder.globalAveragePooling(try builder.unit(x, filters: 16, size: 3))
                return try builder.batchNormalization(try builder.dense(pooled, units: 8), hasScale: false)
            }
        }

        @Test func inceptionModule() throws {
            try check(GradientCheck(samples: 4), input: [6, 6, 3]) { builder, x in
                let first = try builder.unit(x, filters: 16, size: 3)
                let filters = NetworkBuilder.InceptionFilters(one: 16, three: (16, 32), five: (16, 16), pooled: 16)
                return try builder.globalAveragePooling(try builder.inception(first, filters))
            }
        }
    }
#endif
