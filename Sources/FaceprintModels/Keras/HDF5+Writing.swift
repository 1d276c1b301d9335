import CHDF5
import FaceprintFiles
import Foundation

extension HDF5 {
    /// A new HDF5 file, which appears whole under its name or not at all.
    ///
    /// HDF5 makes it in memory and never sees the disk: where that is full, the library crashes.
    package final class NewFile {
        private let output: OutputFile
        private let file: Handle

        /// - Throws: `FileError` where a file can't be made there, ``Failure``.
        package init(_ path: String) throws {
            output = try OutputFile(path)
            let access = try Handle(H5Pcreate(fp_h5p_file_access()), "the properties of a file", close: H5Pclose)
            guard H5Pset_fapl_core(access.id, 16 << 20, false) >= 0 else {
                throw Failure(reason: "a file can't be made in memory")
            }
            // HDF5 wants a name, and first looks whether there is such a file.
            file = try Handle(
                H5Fcreate(UUID().uuidString, fp_h5f_truncate(), fp_h5p_default(), access.id), "a file in memory",
                close: H5Fclose)
        }

        package var root: Group {
            get throws { Group(try openGroup("/", in: file)) }
        }

        /// Gives the file its name, when all of it is on the disk.
        ///
        /// - Throws: `FileError/unwritable(path:reason:)`, ``Failure``.
        package func finish() throws {
            let bytes = try image()
            for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
                try output.write(bytes[start..<min(start + 1 << 20, bytes.count)])
            }
            try output.finish()
        }

        private func image() throws -> [UInt8] {
            let size = H5Fflush(file.id, H5F_SCOPE_GLOBAL) < 0 ? -1 : H5Fget_file_image(file.id, nil, 0)
            let bytes = [UInt8](unsafeUninitializedCapacity: max(size, 0)) { buffer, count in
                count = max(H5Fget_file_image(file.id, buffer.baseAddress, buffer.count), 0)
            }
            guard !bytes.isEmpty, bytes.count == size else { throw Failure(reason: "the file can't be made in memory") }
            return bytes
        }
    }

    /// A group of a file that is being made.
    package struct Group {
        /// How long an attribute may be, in bytes, with room for what HDF5 puts before it.
        static let longestAttribute = 63 << 10

        private let handle: Handle

        init(_ handle: Handle) { self.handle = handle }

        package func group(_ name: String) throws -> Group {
            Group(
                try Handle(
                    H5Gcreate2(handle.id, name, fp_h5p_default(), fp_h5p_default(), fp_h5p_default()),
                    "the group “\(name)”", close: H5Gclose))
        }

        /// Writes numbers in a shape, last index fastest.
        package func write(_ values: [Float], shape: [Int], as name: String) throws {
            let space = try Self.space(shape)
            let creation = try Handle(
                H5Pcreate(fp_h5p_dataset_create()), "the properties of “\(name)”", close: H5Pclose)
            // Without the time, the same numbers give the same file.
            H5Pset_obj_track_times(creation.id, false)
            let dataset = try Handle(
                H5Dcreate2(
                    handle.id, name, fp_h5t_native_float(), space.id, fp_h5p_default(), creation.id, fp_h5p_default()),
                "the dataset “\(name)”", close: H5Dclose)
            let status = H5Dwrite(
                dataset.id, fp_h5t_native_float(), fp_h5s_all(), fp_h5s_all(), fp_h5p_default(), values)
            guard status >= 0 else { throw Failure(reason: "the dataset “\(name)” can't be written") }
        }

        /// A text of any length.
        package func setAttribute(_ name: String, _ text: String) throws {
            let type = try Self.stringType(length: fp_h5t_variable())
            let space = try Handle(H5Screate(H5S_SCALAR), "a space", close: H5Sclose)
            try text.withCString { pointer in
                var pointer: UnsafePointer<CChar>? = pointer
                try write(attribute: name, type: type, space: space, &pointer)
            }
        }

        /// Texts, each as long as the longest, filled up with zeros; together at most ``longestAttribute``.
        package func setAttribute(_ name: String, _ texts: [String]) throws {
            let length = max(texts.map(\.utf8.count).max() ?? 0, 1)
            guard length * texts.count <= Self.longestAttribute else {
                throw Failure(reason: "the attribute “\(name)” is longer than HDF5 allows")
            }
            var bytes = texts.flatMap { Array($0.utf8) + [UInt8](repeating: 0, count: length - $0.utf8.count) }
            if bytes.isEmpty { bytes = [0] }
            try write(
                attribute: name, type: try Self.stringType(length: length), space: try Self.space([texts.count]), &bytes
            )
        }

        private func write(
            attribute name: String, type: Handle, space: Handle, _ value: UnsafeRawPointer
        ) throws {
            let attribute = try Handle(
                H5Acreate2(handle.id, name, type.id, space.id, fp_h5p_default(), fp_h5p_default()),
                "the attribute “\(name)”", close: H5Aclose)
            guard H5Awrite(attribute.id, type.id, value) >= 0 else {
                throw Failure(reason: "the attribute “\(name)” can't be written")
            }
        }

        private static func stringType(length: Int) throws -> Handle {
            let type = try Handle(H5Tcopy(fp_h5t_c_string()), "a type", close: H5Tclose)
            guard H5Tset_size(type.id, length) >= 0, H5Tset_strpad(type.id, H5T_STR_NULLPAD) >= 0,
                H5Tset_cset(type.id, H5T_CSET_UTF8) >= 0
            else { throw Failure(reason: "a text of \(length) bytes can't be written") }
            return type
        }

        private static func space(_ shape: [Int]) throws -> Handle {
            let sides = shape.map(hsize_t.init)
            return try Handle(H5Screate_simple(CInt(sides.count), sides, nil), "a space", close: H5Sclose)
        }
    }
}
