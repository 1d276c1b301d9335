import CHDF5
import FaceprintFiles
import Foundation

extension HDF5 {
    /// A new HDF5 file. Until ``finish()`` it has another name; when its owner goes before that, it is removed.
    package final class NewFile {
        private let path: String
        private let temporary: TemporaryName
        private var file: Handle?
        private var isFinished = false

        /// - Throws: `FileError` where a file can't be made there, ``Failure``.
        package init(_ path: String) throws {
            self.path = path
            temporary = try TemporaryName(beside: path)
            // The file is made here, for HDF5 doesn't say why it can't be.
            try File.write([], to: temporary.path)
            file = try Handle(
                H5Fcreate(temporary.path, fp_h5f_truncate(), fp_h5p_default(), fp_h5p_default()), "the file",
                close: H5Fclose)
        }

        deinit {
            file = nil
            if !isFinished { unlink(temporary.path) }
        }

        package var root: Group {
            get throws {
                guard let file else { throw Failure(reason: "the file is closed") }
                return Group(try openGroup("/", in: file))
            }
        }

        /// Gives the file its name, when all of it is on the disk.
        package func finish() throws {
            guard let file else { throw Failure(reason: "the file is closed") }
            guard H5Fflush(file.id, H5F_SCOPE_GLOBAL) >= 0 else { throw Failure(reason: "it can't be written whole") }
            self.file = nil
            try temporary.synchronizeContent()
            try temporary.become(path)
            isFinished = true
        }
    }

    /// A folder in a file that is written.
    package struct Group {
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
            let dataset = try Handle(
                H5Dcreate2(
                    handle.id, name, fp_h5t_native_float(), space.id, fp_h5p_default(), fp_h5p_default(),
                    fp_h5p_default()), "the dataset “\(name)”", close: H5Dclose)
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

        /// Texts, each as long as the longest, filled up with zeros.
        package func setAttribute(_ name: String, _ texts: [String]) throws {
            let length = max(texts.map(\.utf8.count).max() ?? 0, 1)
            guard length * texts.count < 64 << 10 else {
                throw Failure(reason: "the attribute “\(name)” is longer than the 64 KiB that HDF5 allows")
            }
            var bytes: [UInt8] = []
            for text in texts { bytes += Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count) }
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
            guard H5Tset_size(type.id, length) >= 0 else { throw Failure(reason: "a text is too long") }
            return type
        }

        private static func space(_ shape: [Int]) throws -> Handle {
            let sides = shape.map(hsize_t.init)
            return try Handle(H5Screate_simple(Int32(sides.count), sides, nil), "a space", close: H5Sclose)
        }
    }
}
