#include "CLateLibraries.h"

#include <dlfcn.h>
#include <libavcodec/version_major.h>
#include <libavdevice/version_major.h>
#include <libavformat/version_major.h>
#include <libavutil/version.h>
#include <libswscale/version_major.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

/// By the names that the dynamic loader knows, in which the version is that of the headers.
static const char *const files[] = {
    [FP_LATE_AVCODEC] = "libavcodec.so." TEXT(LIBAVCODEC_VERSION_MAJOR),
    [FP_LATE_AVDEVICE] = "libavdevice.so." TEXT(LIBAVDEVICE_VERSION_MAJOR),
    [FP_LATE_AVFORMAT] = "libavformat.so." TEXT(LIBAVFORMAT_VERSION_MAJOR),
    [FP_LATE_AVUTIL] = "libavutil.so." TEXT(LIBAVUTIL_VERSION_MAJOR),
    [FP_LATE_CAIRO] = "libcairo.so.2",
    [FP_LATE_CURL] = "libcurl.so.4",
    [FP_LATE_DNNL] = "libdnnl.so.2",
    [FP_LATE_GMODULE] = "libgmodule-2.0.so.0",
    [FP_LATE_GOBJECT] = "libgobject-2.0.so.0",
    [FP_LATE_HDF5] = "libhdf5_serial.so.103",
    [FP_LATE_LAPACKE] = "liblapacke.so.3",
    [FP_LATE_MICROHTTPD] = "libmicrohttpd.so.12",
    [FP_LATE_OPENVINO] = "libopenvino_c.so.2641",
    [FP_LATE_PQ] = "libpq.so.5",
    [FP_LATE_SVM] = "libsvm.so.3",
    [FP_LATE_SWSCALE] = "libswscale.so." TEXT(LIBSWSCALE_VERSION_MAJOR),
    [FP_LATE_VIPS] = "libvips.so.42",
};

/// What functions.S keeps of each function.
struct function {
    void *address;
    const char *name;
    unsigned long library;
};

void *fp_late_address(unsigned long library, const char *name) {
    // Global, as a library that the program names as its own would be: some look for their plugins' symbols so.
    void *handle = dlopen(files[library], RTLD_LAZY | RTLD_GLOBAL);
    void *address = handle ? dlsym(handle, name) : NULL;
    if (!address) {
        fprintf(stderr, "faceprint: %s; install the package that it belongs to\n", dlerror());
        exit(3);
    }
    return address;
}

/// Called by the stand-in, the first time.
__attribute__((visibility("hidden"))) void *fp_late_first(struct function *function) {
    void *address = fp_late_address(function->library, function->name);
    // Threads that come here at once store the same.
    __atomic_store_n(&function->address, address, __ATOMIC_RELEASE);
    return address;
}
