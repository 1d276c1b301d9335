#include "include/CKernels.h"
#include "Lanes.h"

#pragma clang fp contract(fast)

_Static_assert(lane_count == fp_panel_width, "a panel has one lane a query");

// A matrix product that is never stored: a tile of rows × panels of queries is summed up in registers,
// compared, and forgotten. A tile has as many sums as there are registers, so its size differs by processor.
enum { most_rows = 12, most_panels = 2 };

typedef _Bool flags __attribute__((ext_vector_type(lane_count)));

typedef struct {
    const float *rows, *offsets;
    size_t stride, n;
    const float *panels, *thresholds;
    size_t query_count;
    fp_pair *pairs;
} screening;

// Returns the place after the last pair written.
ALWAYS_INLINE fp_pair *screen_tile(
    const screening *s, size_t row, size_t height, size_t panel, size_t width, fp_pair *pairs) {
    lanes sums[most_rows][most_panels];
#pragma clang loop unroll(full)
    for (size_t r = 0; r < height; r++) {
#pragma clang loop unroll(full)
        for (size_t p = 0; p < width; p++) sums[r][p] = -s->offsets[row + r];
    }

    const size_t n = s->n, stride = s->stride;
    const float *numbers = s->rows + row * stride;
    const float *queries = s->panels + panel * n * lane_count;
    for (size_t i = 0; i < n; i++) {
        if (i % lane_count == 0) {
#pragma clang loop unroll(full)
            for (size_t r = 0; r < height; r++) __builtin_prefetch(numbers + (height + r) * stride + i);
        }
        lanes q[most_panels];
#pragma clang loop unroll(full)
        for (size_t p = 0; p < width; p++) load(&q[p], queries + (p * n + i) * lane_count);
#pragma clang loop unroll(full)
        for (size_t r = 0; r < height; r++) {
#pragma clang loop unroll(full)
            for (size_t p = 0; p < width; p++) sums[r][p] += q[p] * numbers[r * stride + i];
        }
    }

    for (size_t p = 0; p < width; p++) {
        const size_t first = (panel + p) * lane_count;
        const size_t left = s->query_count - first;
        const unsigned real = left < lane_count ? (1u << left) - 1 : 0xffff;
        lanes threshold;
        load(&threshold, s->thresholds + first);
        for (size_t r = 0; r < height; r++) {
            flags below = __builtin_convertvector(sums[r][p] < threshold, flags);
            uint16_t bits;
            memcpy(&bits, &below, sizeof bits);
            for (unsigned near = ~bits & real; near != 0; near &= near - 1) {
                *pairs++ = (fp_pair){(uint16_t)(row + r), (uint16_t)(first + (size_t)__builtin_ctz(near))};
            }
        }
    }
    return pairs;
}

ALWAYS_INLINE fp_pair *screen_rows(
    const screening *s, size_t row, size_t height, size_t width, fp_pair *pairs) {
    const size_t panel_count = (s->query_count + lane_count - 1) / lane_count;
    size_t panel = 0;
    for (; panel + width <= panel_count; panel += width) {
        pairs = screen_tile(s, row, height, panel, width, pairs);
    }
    for (; panel < panel_count; panel++) pairs = screen_tile(s, row, height, panel, 1, pairs);
    return pairs;
}

ALWAYS_INLINE size_t screen_all(const screening *s, size_t row_count, size_t height, size_t width) {
    fp_pair *pairs = s->pairs;
    size_t row = 0;
    for (; row + height <= row_count; row += height) pairs = screen_rows(s, row, height, width, pairs);
    for (; row < row_count; row++) pairs = screen_rows(s, row, 1, width, pairs);
    return (size_t)(pairs - s->pairs);
}

#if defined(__x86_64__)
__attribute__((target("arch=x86-64-v4"), min_vector_width(512))) static size_t screen_v4(const screening *s, size_t row_count) {
    return screen_all(s, row_count, 12, 2);  // 32 registers of 16 numbers
}

__attribute__((target("arch=x86-64-v3"))) static size_t screen_v3(const screening *s, size_t row_count) {
    return screen_all(s, row_count, 6, 1);  // 16 registers of 8 numbers
}

static size_t screen(const screening *s, size_t row_count) {
    if (__builtin_cpu_supports("x86-64-v4")) return screen_v4(s, row_count);
    if (__builtin_cpu_supports("x86-64-v3")) return screen_v3(s, row_count);
    return screen_all(s, row_count, 3, 1);  // 16 registers of 4 numbers
}
#else
static size_t screen(const screening *s, size_t row_count) {
    return screen_all(s, row_count, 6, 1);  // NEON: 32 registers of 4 numbers
}
#endif

size_t fp_screen(
    const float *rows, const float *offsets, size_t row_count, size_t stride, size_t n,
    const float *panels, const float *thresholds, size_t query_count, fp_pair *pairs) {
    const screening s = {rows, offsets, stride, n, panels, thresholds, query_count, pairs};
    return screen(&s, row_count);
}
