extension Network {
    /// A small residual network for faces of 112×112, to learn from scratch on a CPU in minutes: 0.7 million parameters,
    /// 128 numbers out.
    ///
    /// Four stages halve the side and widen the channels; each has residual blocks of two 3×3 convolutions
    /// (He et al., *Deep residual learning for image recognition*, 2016).
    ///
    /// - Parameter seed: What its initial weights follow from.
    public static func smallFaceNetwork(seed: UInt64) throws(ModelError) -> Network {
        var builder = NetworkBuilder(name: "small", input: [112, 112, 3], seed: seed)
        var x = try builder.unit(builder.input, filters: 16, size: 3, stride: 2)
        for filters in [32, 48, 96, 128] {
            x = try builder.unit(x, filters: filters, size: 3, stride: 2)
            x = try builder.residual(x) { builder, x throws(ModelError) in
                let inner = try builder.unit(x, filters: filters, size: 3)
                return try builder.batchNormalization(try builder.convolution(inner, filters: filters, size: 3))
            }
        }
        x = try builder.globalAveragePooling(x)
        x = try builder.dense(try builder.dropout(x, rate: 0.2), units: 128)
        return try builder.network(output: try builder.batchNormalization(x, hasScale: false))
    }
}
