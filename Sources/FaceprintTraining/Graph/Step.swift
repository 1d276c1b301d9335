#if Training
    import COneDNN

    /// One thing that is done on the way through a graph.
    enum Step {
        /// A primitive of oneDNN, with its tensors by its names of them.
        case primitive(Primitive, arguments: [Int32: TensorMemory], name: String)
        /// Anything else, with all tensors that it reads or writes.
        case work(memories: [TensorMemory], name: String, body: () throws(TrainingError) -> Void)

        var memories: [TensorMemory] {
            switch self {
            case .primitive(_, let arguments, _): Array(arguments.values)
            case .work(let memories, _, _): memories
            }
        }

        var name: String {
            switch self {
            case .primitive(_, _, let name), .work(_, let name, _): name
            }
        }

        /// What can be run again and again, once memory is planned.
        func prepared(on engine: Engine) throws(TrainingError) -> PreparedStep {
            switch self {
            case .work(_, _, let body):
                return PreparedStep(memories: memories, run: body)
            case .primitive(let primitive, let arguments, let name):
                var list: [dnnl_exec_arg_t] = []
                for (argument, memory) in arguments {
                    list.append(dnnl_exec_arg_t(arg: argument, memory: try memory.handle()))
                }
                let arguments = list
                return PreparedStep(memories: memories) { () throws(TrainingError) in
                    let status = dnnl_primitive_execute(
                        primitive.handle, engine.stream, Int32(arguments.count), arguments)
                    try DNNL.check(status, name)
                }
            }
        }
    }

    struct PreparedStep {
        /// The owners of what it uses.
        let memories: [TensorMemory]
        let run: () throws(TrainingError) -> Void
    }
#endif
