/// Leaves the number of pictures of a run open in a file that fixes it.
enum ONNXBatch {
    /// The file, its image input and its outputs with a first side of any size; sizes that it states of what lies
    /// between are left out, since they are of the fixed batch.
    ///
    /// Whether the network's own nodes take any number of pictures isn't looked at.
    static func opened(_ bytes: [UInt8], path: String) throws(ModelError) -> [UInt8] {
        do {
            return try Protobuf.rewritten(bytes[...]) { field, graph, writer in
                guard field == 7 else { return false }
                writer.write(7, bytes: try opened(graph: graph))
                return true
            }
        } catch {
            throw .notONNX(path: path, reason: "its parts don't fit together")
        }
    }

    private static func opened(graph: ArraySlice<UInt8>) throws -> [UInt8] {
        var initializers: Set<String> = []
        try Protobuf.forEachField(of: graph) { field, value in
            if case (5, .bytes(let tensor)) = (field, value) { initializers.insert(try Protobuf.text(8, of: tensor)) }
        }
        return try Protobuf.rewritten(graph) { field, port, writer in
            switch field {
            case 11 where initializers.contains(try Protobuf.text(1, of: port)): return false
            case 11, 12: writer.write(field, bytes: try opened(port, [2, 1, 2, 1]))
            case 13: break
            default: return false
            }
            return true
        }
    }

    /// - Parameter path: The fields that lead to a side: ValueInfoProto.type . tensor_type . shape . dim
    private static func opened(_ message: ArraySlice<UInt8>, _ path: ArraySlice<Int>) throws -> [UInt8] {
        guard let next = path.first else {
            var side = Protobuf.Writer()
            side.write(2, "batch")
            return side.bytes
        }
        var isFirst = true
        return try Protobuf.rewritten(message) { field, inner, writer in
            guard field == next, isFirst else { return false }
            isFirst = false
            writer.write(field, bytes: try opened(inner, path.dropFirst()))
            return true
        }
    }
}
