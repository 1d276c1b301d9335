import COpenVINO
import Foundation

/// The OpenVINO runtime of this process. Its core is safe to use from several threads.
enum OpenVINO {
    /// A call that failed, with the first line of OpenVINO's own reason.
    struct Failure: Error {
        var reason: String
    }

    /// Calls a function of the C API that gives a status.
    static func check(_ status: ov_status_e) throws(Failure) {
        guard status != OK else { return }
        // The text has the place in OpenVINO's source first and the reason in its last lines.
        let text = ov_get_last_err_msg().map { String(cString: $0) } ?? ""
        let reason = text.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }
        throw Failure(reason: reason?.trimmingCharacters(in: .whitespaces) ?? "status \(status.rawValue)")
    }

    /// The one core of the process: it holds the devices' plugins, which are slow to load.
    static let core = Core()

    final class Core: @unchecked Sendable {
        private let handle: Result<OpaquePointer, Failure>

        init() {
            handle = Result { () throws(Failure) in
                var core: OpaquePointer?
                try check(ov_core_create(&core))
                return core!
            }
        }

        /// The devices of this machine, such as `CPU` and `GPU`.
        func devices() throws(Failure) -> [String] {
            var list = ov_available_devices_t()
            try check(ov_core_get_available_devices(try handle.get(), &list))
            defer { ov_available_devices_free(&list) }
            return (0..<list.size).compactMap { list.devices[$0].map { String(cString: $0) } }
        }

        func property(_ key: String, of device: String) throws(Failure) -> String {
            var value: UnsafeMutablePointer<CChar>?
            try check(ov_core_get_property(try handle.get(), device, key, &value))
            defer { ov_free(value) }
            return value.map { String(cString: $0) } ?? ""
        }

        /// Reads and compiles a model, or takes it from the cache folder that the properties name.
        func compile(
            _ path: String, device: String, properties: [String: String]
        ) throws(Failure) -> OpaquePointer {
            let core = try handle.get()
            var compiled: OpaquePointer?
            let status = withProperties(properties) {
                ov_core_compile_model_from_file_props(core, path, device, $0.count, $0.baseAddress, &compiled)
            }
            try check(status)
            return compiled!
        }

        /// Reads a model, gives its one input another shape, and compiles it.
        ///
        /// - Parameter inputShape: nil for a side that each run chooses.
        func compile(
            _ path: String, inputShape: [Int?], device: String, properties: [String: String]
        ) throws(Failure) -> OpaquePointer {
            let core = try handle.get()
            var model: OpaquePointer?
            try check(ov_core_read_model(core, path, nil, &model))
            defer { ov_model_free(model) }
            let sides = inputShape.map { side in
                side.map { ov_dimension_t(min: Int64($0), max: Int64($0)) } ?? ov_dimension_t(min: -1, max: -1)
            }
            var shape = ov_partial_shape_t()
            try check(ov_partial_shape_create(Int64(sides.count), sides, &shape))
            defer { ov_partial_shape_free(&shape) }
            try check(ov_model_reshape_single_input(model, shape))
            var compiled: OpaquePointer?
            let status = withProperties(properties) {
                ov_core_compile_model_props(core, model, device, $0.count, $0.baseAddress, &compiled)
            }
            try check(status)
            return compiled!
        }
    }

    private static func withProperties<T>(
        _ properties: [String: String], _ body: (UnsafeBufferPointer<ov_property_t>) -> T
    ) -> T {
        let strings = properties.map { (strdup($0.key), strdup($0.value)) }
        defer {
            for (key, value) in strings {
                free(key)
                free(value)
            }
        }
        return strings.map { ov_property_t(key: $0.0, value: $0.1) }.withUnsafeBufferPointer(body)
    }
}
