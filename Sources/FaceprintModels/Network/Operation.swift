/// What a layer computes.
public enum Operation: Hashable, Sendable {
    /// The photo, `[height][width][channel]`.
    case input
    case convolution(Convolution)
    /// `(x − mean) / √(variance + ε) · γ + β` for each channel, γ and β where the layer learns them.
    case batchNormalization(BatchNormalization)
    case relu
    case maxPooling(Window)
    /// The mean of the pixels in the window; padding doesn't count.
    case averagePooling(Window)
    /// The mean over height and width: `[h][w][c]` to `[c]`.
    case globalAveragePooling
    /// Along the channels.
    case concatenation
    /// `first + scale · second`, the residual step of Inception-ResNet.
    case scaledSum(scale: Float)
    /// Sets a share of its input to zero in training; passes it on otherwise.
    case dropout(rate: Float)
    /// `x · kernel + bias`.
    case dense(units: Int, hasBias: Bool)
}

/// A 2-d convolution with kernel `[height][width][input channel][filter]`.
public struct Convolution: Hashable, Sendable {
    public var filters: Int
    public var window: Window
    public var hasBias: Bool

    public init(filters: Int, window: Window, hasBias: Bool) {
        self.filters = filters
        self.window = window
        self.hasBias = hasBias
    }
}

public struct BatchNormalization: Hashable, Sendable {
    public var epsilon: Float
    /// Of the running statistics, in training.
    public var momentum: Float
    /// Whether it learns γ.
    public var hasScale: Bool
    /// Whether it learns β.
    public var hasCenter: Bool

    public init(epsilon: Float, momentum: Float, hasScale: Bool, hasCenter: Bool) {
        self.epsilon = epsilon
        self.momentum = momentum
        self.hasScale = hasScale
        self.hasCenter = hasCenter
    }
}

/// A window that slides over height and width.
public struct Window: Hashable, Sendable {
    public enum Padding: String, Hashable, Sendable, Codable {
        /// Only where the window fits.
        case valid
        /// As many places as `size / stride`, rounded up. Where the padding is odd, the greater half goes to
        /// the bottom and the right, as in TensorFlow.
        case same
    }

    public var height: Int
    public var width: Int
    public var strideY: Int
    public var strideX: Int
    public var padding: Padding

    public init(height: Int, width: Int, strideY: Int = 1, strideX: Int = 1, padding: Padding = .valid) {
        self.height = height
        self.width = width
        self.strideY = strideY
        self.strideX = strideX
        self.padding = padding
    }

    /// What is added around an input of that size, in pixels.
    public func padding(height inputHeight: Int, width inputWidth: Int) -> (
        top: Int, left: Int, bottom: Int, right: Int
    ) {
        guard padding == .same else { return (0, 0, 0, 0) }
        let vertical = max((outputSize(inputHeight, height, strideY) - 1) * strideY + height - inputHeight, 0)
        let horizontal = max((outputSize(inputWidth, width, strideX) - 1) * strideX + width - inputWidth, 0)
        return (vertical / 2, horizontal / 2, vertical - vertical / 2, horizontal - horizontal / 2)
    }

    /// The number of places on an input of that size; not positive where the window doesn't fit.
    func outputSize(height inputHeight: Int, width inputWidth: Int) -> (height: Int, width: Int) {
        (outputSize(inputHeight, height, strideY), outputSize(inputWidth, width, strideX))
    }

    private func outputSize(_ input: Int, _ size: Int, _ stride: Int) -> Int {
        switch padding {
        case .same: (input + stride - 1) / stride
        case .valid: input < size ? 0 : (input - size) / stride + 1
        }
    }
}
