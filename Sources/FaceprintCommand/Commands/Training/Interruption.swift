#if Training
    import Dispatch
    import Glibc
    import Synchronization

    /// Whether somebody wants the run to end: Ctrl-C, or a signal to terminate. A second one ends it at once.
    struct Interruption {
        private let flag: Flag
        private let sources: [any DispatchSourceSignal]

        private final class Flag: Sendable {
            let value = Atomic(false)
        }

        init() {
            let flag = Flag()
            self.flag = flag
            let queue = DispatchQueue(label: "signals")
            sources = [SIGINT, SIGTERM].map { number in
                watch(number, queue) {
                    if flag.value.exchange(true, ordering: .relaxed) { ExitStatus.failure.leave() }
                }
            }
        }

        var hasCome: Bool { flag.value.load(ordering: .relaxed) }
    }
#endif
