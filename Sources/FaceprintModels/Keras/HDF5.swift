import CHDF5
import Foundation
import Synchronization

/// The parts of HDF5 that reading and writing networks needs.
///
/// The library isn't safe to call from several threads, so each call of ``exclusively(_:)`` has it alone.
package enum HDF5 {
    /// A call into HDF5 that failed.
    package struct Failure: Error {
        package var reason: String

        package init(reason: String) { self.reason = reason }
    }

    private static let lock = Mutex(())

    /// A model is one file: links in it that lead to other files of this machine are not followed.
    private static let withoutExternalLinks: Void = {
        H5open()
        H5Lunregister(H5L_TYPE_EXTERNAL)
    }()

    /// Runs a body that calls HDF5, one at a time in the process, with the library's own printing off.
    package static func exclusively<T>(_ body: () throws -> T) rethrows -> T {
        try lock.withLock { _ in
            withoutExternalLinks
            H5Eset_auto2(fp_h5e_default(), nil, nil)
            return try body()
        }
    }

    /// An identifier that HDF5 gave, closed with its owner.
    package final class Handle {
        let id: hid_t
        private let close: (hid_t) -> herr_t

        init(_ id: hid_t, _ what: @autoclosure () -> String, close: @escaping (hid_t) -> herr_t) throws {
            guard id >= 0 else { throw Failure(reason: "\(what()) can't be opened") }
            self.id = id
            self.close = close
        }

        deinit { _ = close(id) }
    }

    package static func openFile(_ path: String) throws -> Handle {
        try Handle(H5Fopen(path, fp_h5f_read_only(), fp_h5p_default()), "the file", close: H5Fclose)
    }

    package static func openGroup(_ name: String, in parent: Handle) throws -> Handle {
        try Handle(H5Gopen2(parent.id, name, fp_h5p_default()), "the group “\(name)”", close: H5Gclose)
    }

    package static func hasLink(_ name: String, in parent: Handle) -> Bool {
        H5Lexists(parent.id, name, fp_h5p_default()) > 0
    }

    /// The strings of an attribute, whether of fixed or of variable length; nil when there is no such attribute.
    package static func strings(ofAttribute name: String, of object: Handle) throws -> [String]? {
        guard H5Aexists(object.id, name) > 0 else { return nil }
        let attribute = try Handle(
            H5Aopen(object.id, name, fp_h5p_default()), "the attribute “\(name)”", close: H5Aclose)
        let type = try Handle(H5Aget_type(attribute.id), "the type of “\(name)”", close: H5Tclose)
        let space = try Handle(H5Aget_space(attribute.id), "the size of “\(name)”", close: H5Sclose)
        let count = Int(H5Sget_simple_extent_npoints(space.id))
        // NumPy writes an empty list as an empty list of numbers.
        if count == 0 { return [] }
        guard H5Tget_class(type.id) == H5T_STRING, (1...100_000).contains(count) else {
            throw Failure(reason: "the attribute “\(name)” is not a list of strings")
        }
        return H5Tis_variable_str(type.id) > 0
            ? try variableStrings(attribute, type: type, space: space, count: count, name: name)
            : try fixedStrings(attribute, type: type, count: count, name: name)
    }

    private static func variableStrings(
        _ attribute: Handle, type: Handle, space: Handle, count: Int, name: String
    ) throws -> [String] {
        var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        guard H5Aread(attribute.id, type.id, &pointers) >= 0 else {
            throw Failure(reason: "the attribute “\(name)” can't be read")
        }
        defer { _ = H5Dvlen_reclaim(type.id, space.id, fp_h5p_default(), &pointers) }
        return pointers.map { $0.map { String(cString: $0) } ?? "" }
    }

    private static func fixedStrings(
        _ attribute: Handle, type: Handle, count: Int, name: String
    ) throws -> [String] {
        let length = H5Tget_size(type.id)
        guard length > 0, length * count <= 1 << 28 else {
            throw Failure(reason: "the attribute “\(name)” is too long")
        }
        var bytes = [UInt8](repeating: 0, count: length * count)
        guard H5Aread(attribute.id, type.id, &bytes) >= 0 else {
            throw Failure(reason: "the attribute “\(name)” can't be read")
        }
        return (0..<count).map { i in
            String(decoding: bytes[(i * length)..<((i + 1) * length)].prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// A dataset of numbers, opened to ask for its shape before its values are read.
    package struct Dataset {
        private let handle: Handle
        /// Of one number in the file, in bytes.
        private let numberSize: Int
        package let shape: [Int]

        package init(_ name: String, in group: Handle) throws {
            handle = try Handle(
                H5Dopen2(group.id, name, fp_h5p_default()), "the dataset “\(name)”", close: H5Dclose)
            let type = try Handle(H5Dget_type(handle.id), "the type of “\(name)”", close: H5Tclose)
            guard H5Tget_class(type.id) == H5T_FLOAT else {
                throw Failure(reason: "the dataset “\(name)” doesn't hold floating-point numbers")
            }
            numberSize = H5Tget_size(type.id)
            let creation = try Handle(
                H5Dget_create_plist(handle.id), "the properties of “\(name)”", close: H5Pclose)
            guard H5Pget_external_count(creation.id) == 0 else {
                throw Failure(reason: "the dataset “\(name)” lies in another file")
            }
            let space = try Handle(H5Dget_space(handle.id), "the size of “\(name)”", close: H5Sclose)
            let rank = H5Sget_simple_extent_ndims(space.id)
            guard (0...8).contains(rank) else { throw Failure(reason: "the dataset “\(name)” has \(rank) axes") }
            var sides = [hsize_t](repeating: 0, count: Int(rank))
            H5Sget_simple_extent_dims(space.id, &sides, nil)
            shape = sides.map { Int(clamping: $0) }
        }

        /// All values as 32-bit floats. The caller has checked the shape, and so the size.
        package func values() throws -> [Float] {
            // Keras writes its weights whole and uncompressed. Where less is stored than the shape says, HDF5
            // reads beyond its own buffer in some damaged files, and crashes on others.
            let needed = shape.reduce(Double(numberSize)) { $0 * Double($1) }
            guard Double(H5Dget_storage_size(handle.id)) >= needed else {
                throw Failure(reason: "its values are compressed or not stored whole")
            }
            let count = shape.reduce(1, *)
            var failed = false
            let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
                failed =
                    H5Dread(
                        handle.id, fp_h5t_native_float(), fp_h5s_all(), fp_h5s_all(), fp_h5p_default(),
                        buffer.baseAddress) < 0
                initialized = failed ? 0 : count
            }
            guard !failed else { throw Failure(reason: "its values can't be read") }
            return values
        }
    }
}
