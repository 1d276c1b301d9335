/// What can be bound to a parameter of a statement: nil is the NULL of that type.
enum SQLValue {
    case integer(Int?)
    case real(Double?)
    case text(String?)
    case blob([UInt8]?)
}
