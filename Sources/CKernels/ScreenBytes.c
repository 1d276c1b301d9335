#include "include/CKernels.h"
#include "Lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#if defined(__linux__)
#include <sys/auxv.h>
#endif
#endif

#pragma clang fp contract(fast)

typedef int32_t integers __attribute__((ext_vector_type(lane_count)));
typedef _Bool flags __attribute__((ext_vector_type(lane_count)));

enum { line = 64 };

typedef struct {
    const uint8_t *panels;
    const fp_margin *margins;
    size_t row_count, groups;
    const fp_byte_query *queries;
    const int8_t *numbers;
    const float *thresholds;
    size_t query_count;
    fp_pair *pairs;
} byte_screening;

ALWAYS_INLINE size_t panel_size(size_t groups) { return (2 + groups) * line; }

// Adds to each of 16 sums the four products of a row's bytes and a query's.

// A product of two bytes fits 16 bits, and the even and the odd ones of a row lie in two vectors of them.
typedef int16_t shorts __attribute__((ext_vector_type(32)));
typedef uint16_t unsigned_shorts __attribute__((ext_vector_type(32)));

ALWAYS_INLINE void portable_add_products(integers *sums, const uint8_t *rows, int32_t query) {
    unsigned_shorts pairs;
    memcpy(&pairs, rows, sizeof pairs);
    const integers queries = query;
    const shorts query_pairs = (shorts)queries;
    const integers even = (integers)((shorts)(pairs & 0xff) * ((query_pairs << 8) >> 8));
    const integers odd = (integers)((shorts)(pairs >> 8) * (query_pairs >> 8));
    *sums += ((even << 16) >> 16) + (even >> 16) + ((odd << 16) >> 16) + (odd >> 16);
}

#define LEVEL(name) portable_##name
#define BIAS 1
#define HEIGHT 1
#define WIDTH 2
#include "ByteTile.h"

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)

ALWAYS_INLINE __m256i avx2_eight(__m256i sums, const uint8_t *rows, __m256i even, __m256i odd) {
    const __m256i pairs = _mm256_loadu_si256((const __m256i *)rows);
    const __m256i low = _mm256_and_si256(pairs, _mm256_set1_epi16(0xff));
    const __m256i products = _mm256_add_epi32(
        _mm256_madd_epi16(low, even), _mm256_madd_epi16(_mm256_srli_epi16(pairs, 8), odd));
    return _mm256_add_epi32(sums, products);
}

ALWAYS_INLINE void avx2_add_products(integers *sums, const uint8_t *rows, int32_t query) {
    const __m256i queries = _mm256_set1_epi32(query);
    const __m256i even = _mm256_srai_epi16(_mm256_slli_epi16(queries, 8), 8), odd = _mm256_srai_epi16(queries, 8);
    sums->lo = (__attribute__((ext_vector_type(8))) int32_t)avx2_eight((__m256i)sums->lo, rows, even, odd);
    sums->hi = (__attribute__((ext_vector_type(8))) int32_t)avx2_eight((__m256i)sums->hi, rows + 32, even, odd);
}

#define LEVEL(name) avx2_##name
#define BIAS 1
#define HEIGHT 2
#define WIDTH 2
#include "ByteTile.h"

#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3,avxvnni"))), apply_to = function)

ALWAYS_INLINE void avxvnni_add_products(integers *sums, const uint8_t *rows, int32_t query) {
    typedef int32_t eight __attribute__((ext_vector_type(8)));
    const __m256i queries = _mm256_set1_epi32(query);
    const __m256i low = _mm256_loadu_si256((const __m256i *)rows);
    const __m256i high = _mm256_loadu_si256((const __m256i *)(rows + 32));
    sums->lo = (eight)_mm256_dpbusd_avx_epi32((__m256i)sums->lo, low, queries);
    sums->hi = (eight)_mm256_dpbusd_avx_epi32((__m256i)sums->hi, high, queries);
}

#define LEVEL(name) avxvnni_##name
#define BIAS 1
#define HEIGHT 1
#define WIDTH 4
#include "ByteTile.h"

#pragma clang attribute pop
#pragma clang attribute push( \
    __attribute__((target("arch=x86-64-v4,avx512vnni"), min_vector_width(512))), apply_to = function)

ALWAYS_INLINE void avx512vnni_add_products(integers *sums, const uint8_t *rows, int32_t query) {
    *sums = (integers)_mm512_dpbusd_epi32((__m512i)*sums, _mm512_loadu_si512(rows), _mm512_set1_epi32(query));
}

#define LEVEL(name) avx512vnni_##name
#define BIAS 1
#define HEIGHT 3
#define WIDTH 8
#include "ByteTile.h"

#pragma clang attribute pop

bool fp_has_byte_level(fp_byte_level level) {
    switch (level) {
    case fp_byte_level_portable: return true;
    case fp_byte_level_avx2: return __builtin_cpu_supports("x86-64-v3");
    case fp_byte_level_avxvnni: return __builtin_cpu_supports("x86-64-v3") && __builtin_cpu_supports("avxvnni");
    case fp_byte_level_avx512vnni:
        return __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512vnni");
    default: return false;
    }
}

static size_t screen(fp_byte_level level, const byte_screening *s) {
    switch (level) {
    case fp_byte_level_avx2: return avx2_screen(s);
    case fp_byte_level_avxvnni: return avxvnni_screen(s);
    case fp_byte_level_avx512vnni: return avx512vnni_screen(s);
    default: return portable_screen(s);
    }
}

#elif defined(__aarch64__)

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)

ALWAYS_INLINE void dotprod_add_products(integers *sums, const uint8_t *rows, int32_t query) {
    const int8x16_t queries = vreinterpretq_s8_s32(vdupq_n_s32(query));
    int32x4_t parts[4];
    memcpy(parts, sums, sizeof parts);
    for (size_t i = 0; i < 4; i++) {
        const uint8x16_t stored = vld1q_u8(rows + 16 * i);
        const int8x16_t numbers = vreinterpretq_s8_u8(veorq_u8(stored, vdupq_n_u8(128)));
        parts[i] = vdotq_s32(parts[i], numbers, queries);
    }
    memcpy(sums, parts, sizeof parts);
}

#define LEVEL(name) dotprod_##name
#define BIAS 0
#define HEIGHT 1
#define WIDTH 4
#include "ByteTile.h"

#pragma clang attribute pop

bool fp_has_byte_level(fp_byte_level level) {
    switch (level) {
    case fp_byte_level_portable: return true;
#if defined(__APPLE__)
    case fp_byte_level_dotprod: return true;
#elif defined(__linux__)
    case fp_byte_level_dotprod: return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
#endif
    default: return false;
    }
}

static size_t screen(fp_byte_level level, const byte_screening *s) {
    return level == fp_byte_level_dotprod ? dotprod_screen(s) : portable_screen(s);
}

#else

bool fp_has_byte_level(fp_byte_level level) { return level == fp_byte_level_portable; }

static size_t screen(fp_byte_level level, const byte_screening *s) {
    (void)level;
    return portable_screen(s);
}

#endif

fp_byte_level fp_best_byte_level(void) {
    for (int level = fp_byte_level_count - 1; level > 0; level--) {
        if (fp_has_byte_level((fp_byte_level)level)) return (fp_byte_level)level;
    }
    return fp_byte_level_portable;
}

size_t fp_screen_bytes(
    fp_byte_level level, const uint8_t *panels, const fp_margin *margins, size_t row_count, size_t groups,
    const fp_byte_query *queries, const int8_t *numbers, const float *thresholds, size_t query_count,
    fp_pair *pairs) {
    const byte_screening s = {
        panels, margins, row_count, groups, queries, numbers, thresholds, query_count, pairs,
    };
    return screen(level, &s);
}
