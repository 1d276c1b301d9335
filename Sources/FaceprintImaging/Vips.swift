import CVips
import Glibc

/// libvips, started once a process with only the loaders that photos need.
enum Vips {
    /// Starts libvips at the first call; later calls cost nothing.
    static func start() throws(ImagingError) { try started.get() }

    private static let started: Result<Void, ImagingError> = {
        VipsErrors.captureWarnings()
        guard withoutModules({ vips_init("faceprint") }) == 0 else {
            return .failure(.unavailable(reason: VipsErrors.take()))
        }
        // Every loader is shut, then the allowed ones are opened: what a later libvips adds stays shut.
        vips_block_untrusted_set(1)
        vips_operation_block_set("VipsForeignLoad", 1)
        for format in PhotoFormat.allCases { vips_operation_block_set(format.loader, 0) }
        // Photos are decoded once, so a cache of operations only holds memory.
        vips_cache_set_max(0)
        // A decoder works on one core anyway; callers decode several photos at once.
        vips_concurrency_set(1)
        // libvips' run-time compiled kernels round otherwise than its C code: the pixels of a resized photo,
        // and with them its embedding, must not depend on the machine.
        vips_vector_set_enabled(0)
        return .success(())
    }()

    /// Runs the start of libvips without its optional modules: ImageMagick, Poppler, OpenSlide and JPEG XL
    /// take most of the start-up time, and none of their code belongs near a stranger's bytes.
    ///
    /// libvips looks for modules below the folder that `VIPSHOME` names, and sets that variable itself where
    /// it is unset.
    private static func withoutModules(_ body: () -> CInt) -> CInt {
        let variable = "VIPSHOME"
        let previous = getenv(variable).map { String(cString: $0) }
        setenv(variable, "/dev/null", 1)
        defer {
            if let previous { setenv(variable, previous, 1) } else { unsetenv(variable) }
        }
        return body()
    }

    /// Loads the one optional module that photos need, at the first photo that needs it (about 30 ms).
    ///
    /// A libvips with HEIF built in has no such module, and one without HEIF will refuse the photo by name.
    static func loadHEIF() { _ = heif }

    private static let heif: Void = {
        guard vips_type_find("VipsForeignLoad", "heifload_buffer") == 0, let folder = libraryFolder else { return }
        let path = "\(folder)/vips-modules-\(vips_version(0)).\(vips_version(1))/vips-heif.so"
        // Its types are registered for good, so it must never be unloaded.
        if let module = g_module_open(path, G_MODULE_BIND_LAZY) { g_module_make_resident(module) }
    }()

    /// The folder that libvips was loaded from; its modules stand beside it.
    private static var libraryFolder: Substring? {
        var text: UnsafeMutablePointer<CChar>?
        guard g_file_get_contents("/proc/self/maps", &text, nil, nil) != 0, let text else { return nil }
        defer { g_free(text) }
        let library = String(cString: text).split(separator: "\n").first { $0.contains("/libvips.so") }
        guard let library, let start = library.firstIndex(of: "/"), let end = library.lastIndex(of: "/") else {
            return nil
        }
        return library[start..<end]
    }
}
