/// The processes that train together, each a *rank*.
///
/// All ranks call the same methods in the same order.
public protocol Communicator: AnyObject {
    /// This process, 0..<``size``. Rank 0 writes files and speaks.
    var rank: Int { get }
    var size: Int { get }

    /// Adds up the ranks' numbers, place by place; each rank gets the sums.
    func sum(_ numbers: UnsafeMutableBufferPointer<Float>) throws(TrainingError)

    /// Begins a sum that goes on while the rank computes. The memory is not touched until ``finishSums()``.
    func beginSum(_ numbers: UnsafeMutableBufferPointer<Float>) throws(TrainingError)

    /// Lets the sums that have begun go on.
    func progress() throws(TrainingError)

    /// Waits for all sums that have begun.
    func finishSums() throws(TrainingError)

    /// The ranks' numbers one after the other, in the order of the ranks; each rank gives as many.
    func gather(_ numbers: [Float]) throws(TrainingError) -> [Float]

    /// Gives every rank the numbers of rank 0.
    func broadcast(_ numbers: UnsafeMutableRawBufferPointer) throws(TrainingError)
}

extension Communicator {
    public var isAlone: Bool { size == 1 }
    public var isFirst: Bool { rank == 0 }
}

/// One process by itself.
public final class SingleProcess: Communicator {
    public init() {}

    public var rank: Int { 0 }
    public var size: Int { 1 }

    public func sum(_ numbers: UnsafeMutableBufferPointer<Float>) {}
    public func beginSum(_ numbers: UnsafeMutableBufferPointer<Float>) {}
    public func progress() {}
    public func finishSums() {}
    public func gather(_ numbers: [Float]) -> [Float] { numbers }
    public func broadcast(_ numbers: UnsafeMutableRawBufferPointer) {}
}
