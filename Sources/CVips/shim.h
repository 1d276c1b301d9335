#pragma once

#include <gmodule.h>
#include <vips/vips.h>
#include <vips/vector.h>

// libvips' operations are variadic C functions, which Swift can't call.

static inline VipsImage *fp_vips_open(const void *bytes, size_t count, const char *options) {
    return vips_image_new_from_buffer(
        bytes, count, options, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}

static inline int fp_vips_save(VipsImage *in, const char *suffix, void **bytes, size_t *count) {
    return vips_image_write_to_buffer(in, suffix, bytes, count, NULL);
}

static inline int fp_vips_autorotate(VipsImage *in, VipsImage **out) { return vips_autorot(in, out, NULL); }

static inline int fp_vips_colourspace(VipsImage *in, VipsImage **out, VipsInterpretation space) {
    return vips_colourspace(in, out, space, NULL);
}

static inline int fp_vips_icc_transform(
    VipsImage *in, VipsImage **out, const char *output_profile, const char *fallback_input_profile) {
    if (fallback_input_profile == NULL) return vips_icc_transform(in, out, output_profile, "embedded", TRUE, NULL);
    return vips_icc_transform(
        in, out, output_profile, "embedded", TRUE, "input_profile", fallback_input_profile, NULL);
}

static inline int fp_vips_flatten(VipsImage *in, VipsImage **out, double background) {
    VipsArrayDouble *colour = vips_array_double_newv(1, background);
    int result = vips_flatten(in, out, "background", colour, NULL);
    vips_area_unref(VIPS_AREA(colour));
    return result;
}

static inline int fp_vips_extract_bands(VipsImage *in, VipsImage **out, int first, int count) {
    return vips_extract_band(in, out, first, "n", count, NULL);
}

static inline int fp_vips_cast(VipsImage *in, VipsImage **out, VipsBandFormat format) {
    return vips_cast(in, out, format, NULL);
}

static inline int fp_vips_reduce(
    VipsImage *in, VipsImage **out, double horizontal, double vertical, VipsKernel kernel) {
    return vips_resize(in, out, horizontal, "vscale", vertical, "kernel", kernel, NULL);
}

static inline int fp_vips_enlarge(
    VipsImage *in, VipsImage **out, int width, int height, double dx, double dy, VipsInterpolate *interpolate) {
    VipsArrayInt *area = vips_array_int_newv(4, 0, 0, width, height);
    int result = vips_affine(
        in, out, (double)width / in->Xsize, 0, 0, (double)height / in->Ysize, "odx", dx, "ody", dy, "oarea", area,
        "interpolate", interpolate, "extend", VIPS_EXTEND_COPY, NULL);
    vips_area_unref(VIPS_AREA(area));
    return result;
}

static inline int fp_vips_map(
    VipsImage *in, VipsImage **out, VipsImage *places, VipsInterpolate *interpolate, double background) {
    VipsArrayDouble *colour = vips_array_double_newv(1, background);
    int result = vips_mapim(
        in, out, places, "interpolate", interpolate, "extend", VIPS_EXTEND_BACKGROUND, "background", colour, NULL);
    vips_area_unref(VIPS_AREA(colour));
    return result;
}

static inline int fp_vips_copy(VipsImage *in, VipsImage **out, VipsInterpretation interpretation) {
    return vips_copy(in, out, "interpretation", interpretation, NULL);
}

static inline int fp_vips_shrink(VipsImage *in, VipsImage **out, int factor) {
    return vips_shrink(in, out, factor, factor, NULL);
}

/// When to give up on a picture, on the clock of g_get_monotonic_time; and whether that has happened.
typedef struct {
    gint64 end;
    gboolean expired;
} FPVipsDeadline;

static inline void fp_vips_eval(VipsImage *image, VipsProgress *progress, FPVipsDeadline *deadline) {
    (void)progress;
    if (g_get_monotonic_time() < deadline->end) return;
    deadline->expired = TRUE;
    vips_image_set_kill(image, TRUE);
}

/// The deadline must outlive the picture's computation.
static inline void fp_vips_stop_at(VipsImage *image, FPVipsDeadline *deadline) {
    vips_image_set_progress(image, TRUE);
    g_signal_connect(image, "eval", G_CALLBACK(fp_vips_eval), deadline);
}

static inline void fp_vips_error(const char *domain, const char *message) { vips_error(domain, "%s\n", message); }
