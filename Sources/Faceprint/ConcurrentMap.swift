import Dispatch
import Synchronization

/// What a function gives for each element, in their order, computed on several threads at once.
///
/// - Parameter workers: The most calls at one time; a lone element is done on the caller's thread.
/// - Throws: The first error by the order of the elements.
package func concurrentMap<Element: Sendable, Value: Sendable, Failure: Error>(
    _ elements: [Element], workers: Int = .max, _ body: @Sendable (Element) throws(Failure) -> Value
) throws(Failure) -> [Value] {
    let results = Mutex([Result<Value, Failure>?](repeating: nil, count: elements.count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(workers, elements.count)) { _ in
        while true {
            let i = next.add(1, ordering: .relaxed).oldValue
            guard i < elements.count else { return }
            let result = Result { () throws(Failure) in try body(elements[i]) }
            results.withLock { $0[i] = result }
        }
    }
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for result in results.withLock({ $0 }) { values.append(try result!.get()) }
    return values
}
