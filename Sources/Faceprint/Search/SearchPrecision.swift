/// What an ``ExactIndex`` reads when it looks for the rows that may be near. Both find the same, to the last bit.
public enum SearchPrecision: String, CaseIterable, Sendable {
    /// The rows themselves.
    case float32
    /// A second form of the rows, a byte a number, with bounds on what the rounding may hide. One search reads a
    /// quarter of the memory; the few rows that may be among the nearest are then measured themselves.
    case int8
}
