#if Training
    import COneDNN

    /// The shape of a tensor, the type of its numbers, and how they lie in memory.
    ///
    /// Shapes are oneDNN's: activations `[batch][channel][height][width]` or `[batch][channel]`, kernels
    /// `[filter][channel][height][width]`, whatever the order in memory.
    struct TensorDescriptor {
        var raw: dnnl_memory_desc_t

        init(_ raw: dnnl_memory_desc_t) { self.raw = raw }

        /// - Parameter tag: The order in memory; `dnnl_format_tag_any` leaves it to the primitive.
        init(_ shape: [Int], _ type: dnnl_data_type_t, _ tag: dnnl_format_tag_t) throws(TrainingError) {
            var raw = dnnl_memory_desc_t()
            try DNNL.check(
                dnnl_memory_desc_init_by_tag(&raw, Int32(shape.count), shape.map(Int64.init), type, tag),
                "a tensor of shape \(shape)")
            self.raw = raw
        }

        /// In the order of its axes, the last one fastest.
        init(plain shape: [Int], _ type: dnnl_data_type_t = dnnl_f32) throws(TrainingError) {
            let tags = [dnnl_a, dnnl_ab, dnnl_abc, dnnl_abcd]
            try self.init(shape, type, tags[shape.count - 1])
        }

        var shape: [Int] {
            withUnsafeBytes(of: raw.dims) { $0.bindMemory(to: Int64.self).prefix(Int(raw.ndims)).map(Int.init) }
        }

        var type: dnnl_data_type_t { raw.data_type }

        /// In memory, with what fills up blocks.
        var byteCount: Int { withUnsafePointer(to: raw) { dnnl_memory_desc_get_size($0) } }

        /// In memory, with what fills up blocks.
        var numberCount: Int { byteCount / dnnl_data_type_size(type) }

        /// The same, in an order that a primitive may choose.
        func inAnyOrder(_ type: dnnl_data_type_t? = nil) throws(TrainingError) -> TensorDescriptor {
            try TensorDescriptor(shape, type ?? self.type, dnnl_format_tag_any)
        }

        /// The same order in memory, of numbers of another type.
        func with(_ type: dnnl_data_type_t) -> TensorDescriptor {
            var copy = self
            copy.raw.data_type = type
            return copy
        }

        /// The part of it that begins at `offset` along the channels.
        ///
        /// - Returns: nil where that is within a block of the order in memory.
        func channels(_ shape: [Int], from offset: Int) -> TensorDescriptor? {
            var part = dnnl_memory_desc_t()
            var offsets = [Int64](repeating: 0, count: shape.count)
            offsets[1] = Int64(offset)
            let status = withUnsafePointer(to: raw) {
                dnnl_memory_desc_init_submemory(&part, $0, shape.map(Int64.init), offsets)
            }
            return status == dnnl_success ? TensorDescriptor(part) : nil
        }
    }

    extension TensorDescriptor: Equatable {
        static func == (a: TensorDescriptor, b: TensorDescriptor) -> Bool {
            withUnsafePointer(to: a.raw) { a in withUnsafePointer(to: b.raw) { b in dnnl_memory_desc_equal(a, b) != 0 }
            }
        }
    }
#endif
