#if Training
    import COneDNN

    /// A computation with its sizes and its implementation chosen, to be asked for the orders of its tensors.
    final class PrimitiveDescriptor {
        let handle: dnnl_primitive_desc_t

        /// - Parameters:
        ///   - what: For the error's text.
        ///   - create: Calls oneDNN to make the descriptor.
        init(
            _ what: String, create: (UnsafeMutablePointer<dnnl_primitive_desc_t?>) -> dnnl_status_t
        ) throws(TrainingError) {
            var handle: dnnl_primitive_desc_t?
            try DNNL.check(create(&handle), what)
            guard let handle else { throw .unsupported(what: what, reason: "oneDNN gives nothing") }
            self.handle = handle
        }

        /// For an operation's descriptor, such as `dnnl_convolution_desc_t`.
        convenience init<Operation>(
            _ what: String, _ operation: Operation, _ engine: Engine, attributes: Attributes,
            forward: PrimitiveDescriptor? = nil
        ) throws(TrainingError) {
            try self.init(what) { handle in
                withUnsafePointer(to: operation) {
                    dnnl_primitive_desc_create(&handle.pointee, $0, attributes.handle, engine.handle, forward?.handle)
                }
            }
        }

        deinit { dnnl_primitive_desc_destroy(handle) }

        /// The chosen order of one of its tensors; nil where it has no such tensor.
        func tensor(_ query: dnnl_query_t, _ index: Int = 0) -> TensorDescriptor? {
            guard let raw = dnnl_primitive_desc_query_md(handle, query, Int32(index))?.pointee, raw.ndims > 0 else {
                return nil
            }
            return TensorDescriptor(raw)
        }

        /// oneDNN's name of the implementation.
        var implementation: String {
            var name: UnsafePointer<CChar>?
            dnnl_primitive_desc_query(handle, dnnl_query_impl_info_str, 0, &name)
            return name.map { String(cString: $0) } ?? "unknown"
        }
    }

    /// A computation, compiled.
    final class Primitive {
        let handle: dnnl_primitive_t
        let descriptor: PrimitiveDescriptor

        init(_ descriptor: PrimitiveDescriptor, _ what: String) throws(TrainingError) {
            var handle: dnnl_primitive_t?
            try DNNL.check(dnnl_primitive_create(&handle, descriptor.handle), what)
            guard let handle else { throw .unsupported(what: what, reason: "oneDNN gives nothing") }
            self.handle = handle
            self.descriptor = descriptor
        }

        deinit { dnnl_primitive_destroy(handle) }
    }

    /// What is asked of a primitive besides its operation. Scratch memory is always the caller's, so that it is
    /// planned with everything else.
    final class Attributes {
        let handle: dnnl_primitive_attr_t

        init() throws(TrainingError) {
            var handle: dnnl_primitive_attr_t?
            try DNNL.check(dnnl_primitive_attr_create(&handle), "attributes")
            guard let handle else { throw .unsupported(what: "attributes", reason: "oneDNN gives nothing") }
            self.handle = handle
            try DNNL.check(
                dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl_scratchpad_mode_user), "scratch memory")
        }

        deinit { dnnl_primitive_attr_destroy(handle) }

        /// Multiplies the result.
        func scale(by factor: Float) throws(TrainingError) {
            try DNNL.check(dnnl_primitive_attr_set_output_scales(handle, 1, 0, [factor]), "scaling")
        }

        /// What is done to each number of the result before it is written, in order.
        func append(_ operations: [PostOperation]) throws(TrainingError) {
            guard !operations.isEmpty else { return }
            var list: dnnl_post_ops_t?
            try DNNL.check(dnnl_post_ops_create(&list), "fused operations")
            defer { dnnl_post_ops_destroy(list) }
            for operation in operations {
                switch operation {
                case .add(let other):
                    try DNNL.check(
                        withUnsafePointer(to: other.raw) { dnnl_post_ops_append_binary(list, dnnl_binary_add, $0) },
                        "a fused sum")
                case .relu:
                    try DNNL.check(
                        dnnl_post_ops_append_eltwise(list, 1, dnnl_eltwise_relu, 0, 0), "a fused ReLU")
                }
            }
            try DNNL.check(dnnl_primitive_attr_set_post_ops(handle, list), "fused operations")
        }
    }

    enum PostOperation {
        /// The argument ``Primitive`` is given for the first of them is ``firstOperand``.
        case add(TensorDescriptor)
        case relu

        /// The argument that holds the other tensor of the operation at the start of the list.
        static let firstOperand = DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1
    }
#endif
