/// A member of an answer that is there as `null` where there is no value, rather than missing.
package struct Nullable<Value: Encodable>: Encodable {
    private let value: Value?

    package init(_ value: Value?) { self.value = value }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}
