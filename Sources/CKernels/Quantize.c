#include "include/CKernels.h"
#include "Lanes.h"

#include <float.h>
#include <math.h>

#pragma clang fp contract(fast)

typedef double doubles __attribute__((ext_vector_type(lane_count)));
typedef int32_t integers __attribute__((ext_vector_type(lane_count)));
typedef int8_t bytes __attribute__((ext_vector_type(lane_count)));

// An upper bound, in floats; it leaves room for the rounding of a few products that are made of it.
static float rounded_up(double number) {
    return number == 0 ? 0 : (float)(number * (1 + 0x1p-22) + FLT_TRUE_MIN);
}

ALWAYS_INLINE double sum_of_doubles(const doubles *sixteen) {
    __attribute__((ext_vector_type(8))) double eight = sixteen->lo + sixteen->hi;
    __attribute__((ext_vector_type(4))) double four = eight.lo + eight.hi;
    return (four.x + four.y) + (four.z + four.w);
}

FOR_EACH_PROCESSOR
static float largest(const float *vector, size_t n) {
    lanes most = 0;
    for (size_t i = 0; i < n; i += lane_count) {
        lanes v = 0;
        if (i + lane_count <= n) load(&v, vector + i);
        else memcpy(&v, vector + i, (n - i) * sizeof(float));
        lanes size = __builtin_elementwise_abs(v);
        most = __builtin_elementwise_max(most, size);
    }
    return __builtin_reduce_max(most);
}

FOR_EACH_PROCESSOR
fp_quantization fp_quantize(const float *vector, size_t n, int8_t *numbers) {
    // Added and taken off again, it leaves the nearest whole number.
    const float rounding = 0x1.8p23f;
    const float scale = largest(vector, n) / fp_largest_byte;
    const float inverse = scale < FLT_MIN ? 0 : 1 / scale;
    const double exact_scale = inverse == 0 ? 0 : scale;
    doubles errors = 0;
    integers squares = 0;
    for (size_t i = 0; i < n; i += lane_count) {
        const size_t left = n - i < lane_count ? n - i : lane_count;
        lanes v = 0;
        if (left == lane_count) load(&v, vector + i);
        else memcpy(&v, vector + i, left * sizeof(float));
        lanes shifted = v * inverse + rounding;
        integers whole = __builtin_convertvector(shifted - rounding, integers);
        doubles error = __builtin_convertvector(v, doubles) - __builtin_convertvector(whole, doubles) * exact_scale;
        errors += error * error;
        squares += whole * whole;
        bytes small = __builtin_convertvector(whole, bytes);
        if (left == lane_count) memcpy(numbers + i, &small, lane_count);
        else memcpy(numbers + i, &small, left);
    }
    const uint32_t square = (uint32_t)__builtin_reduce_add(squares);
    return (fp_quantization){
        .scale = (float)exact_scale,
        .norm = rounded_up(exact_scale * sqrt(square)),
        .error = rounded_up(sqrt(sum_of_doubles(&errors))),
    };
}

void fp_set_panel_row(uint8_t *panel, size_t groups, size_t lane, const int8_t *numbers, float scale, float offset) {
    enum { line = 64 };
    memcpy(panel + 4 * lane, &scale, sizeof scale);
    memcpy(panel + line + 4 * lane, &offset, sizeof offset);
    for (size_t group = 0; group < groups; group++) {
        uint32_t four;
        memcpy(&four, numbers + 4 * group, sizeof four);
        four ^= 0x80808080;  // Plus 128, in each byte.
        memcpy(panel + (2 + group) * line + 4 * lane, &four, sizeof four);
    }
}
