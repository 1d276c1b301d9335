#if Training
    /// Calls with pointers to three values at once.
    func withUnsafePointers<A, B, C, Result>(
        _ a: A, _ b: B, _ c: C, _ body: (UnsafePointer<A>, UnsafePointer<B>, UnsafePointer<C>) -> Result
    ) -> Result {
        withUnsafePointer(to: a) { a in
            withUnsafePointer(to: b) { b in
                withUnsafePointer(to: c) { c in body(a, b, c) }
            }
        }
    }

    /// Calls with a pointer to a value, or with nil where there is none.
    func withOptionalPointer<A, Result>(to value: A?, _ body: (UnsafePointer<A>?) -> Result) -> Result {
        guard let value else { return body(nil) }
        return withUnsafePointer(to: value) { body($0) }
    }
#endif
