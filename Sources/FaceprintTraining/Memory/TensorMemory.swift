#if Training
    import COneDNN

    /// A tensor in a block of memory.
    final class TensorMemory {
        let descriptor: TensorDescriptor
        let block: Block
        private let engine: Engine
        private var made: dnnl_memory_t?

        init(_ descriptor: TensorDescriptor, in block: Block, _ engine: Engine) {
            self.descriptor = descriptor
            self.block = block
            self.engine = engine
        }

        /// In a block that the plan gives a place.
        convenience init(planned descriptor: TensorDescriptor, _ engine: Engine) {
            self.init(descriptor, in: Block(planned: descriptor.byteCount), engine)
        }

        /// In a block of its own, all zeros.
        convenience init(owned descriptor: TensorDescriptor, _ engine: Engine) throws(TrainingError) {
            self.init(descriptor, in: try Block(owned: descriptor.byteCount), engine)
        }

        deinit {
            if let made { dnnl_memory_destroy(made) }
        }

        /// oneDNN's object for it.
        ///
        /// - Precondition: The block has its place.
        func handle() throws(TrainingError) -> dnnl_memory_t {
            if let made { return made }
            guard let start = block.start else { preconditionFailure("a tensor is used before memory is planned") }
            let status = withUnsafePointer(to: descriptor.raw) { dnnl_memory_create(&made, $0, engine.handle, start) }
            try DNNL.check(status, "a tensor of shape \(descriptor.shape)")
            guard let made else { throw .unsupported(what: "a tensor", reason: "oneDNN gives nothing") }
            return made
        }

        /// Its numbers, in the order in memory, with what fills up blocks.
        ///
        /// - Precondition: They are 32-bit floats, and the block has its place.
        var floats: UnsafeMutableBufferPointer<Float> {
            precondition(descriptor.type == dnnl_f32, "a tensor of other numbers is read as floats")
            guard let start = block.start else { preconditionFailure("a tensor is used before memory is planned") }
            let count = descriptor.byteCount / MemoryLayout<Float>.size
            return UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: Float.self), count: count)
        }
    }
#endif
