#if Training
    import COneDNN

    /// The processor, and the order in which it works.
    ///
    /// oneDNN's threads belong to the thread that calls it, so a graph is built and run by one thread.
    final class Engine {
        let handle: dnnl_engine_t
        let stream: dnnl_stream_t

        init() throws(TrainingError) {
            var engine: dnnl_engine_t?
            try DNNL.check(dnnl_engine_create(&engine, dnnl_cpu, 0), "the processor")
            guard let engine else { throw .unsupported(what: "the processor", reason: "oneDNN gives no engine") }
            var stream: dnnl_stream_t?
            let status = dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue)
            guard status == dnnl_success, let stream else {
                dnnl_engine_destroy(engine)
                throw .unsupported(what: "the processor", reason: DNNL.name(of: status))
            }
            handle = engine
            self.stream = stream
        }

        deinit {
            dnnl_stream_destroy(stream)
            dnnl_engine_destroy(handle)
        }
    }

    enum DNNL {
        /// - Parameter what: That was asked for, for the error's text.
        static func check(_ status: dnnl_status_t, _ what: @autoclosure () -> String) throws(TrainingError) {
            guard status == dnnl_success else { throw .unsupported(what: what(), reason: name(of: status)) }
        }

        static func name(of status: dnnl_status_t) -> String {
            switch status {
            case dnnl_out_of_memory: "oneDNN has not enough memory"
            case dnnl_invalid_arguments: "oneDNN refuses its sizes"
            case dnnl_unimplemented: "oneDNN has no implementation of it on this processor"
            default: "oneDNN fails (\(status.rawValue))"
            }
        }

        /// What kinds of instructions the processor has; the order of tensors in memory depends on them.
        static var instructionSet: UInt32 { dnnl_get_effective_cpu_isa().rawValue }

        /// Whether the processor multiplies bf16 numbers.
        static var hasBF16: Bool {
            instructionSet & dnnl_cpu_isa_avx512_core_bf16.rawValue
                == dnnl_cpu_isa_avx512_core_bf16.rawValue
        }
    }
#endif
