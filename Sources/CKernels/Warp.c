#include "include/CKernels.h"
#include "Lanes.h"

// Products are rounded before they are added: pixels must not depend on the processor.
#pragma clang fp contract(off)

typedef float four __attribute__((ext_vector_type(4)));
typedef uint8_t four_bytes __attribute__((ext_vector_type(4)));

// Pixels of a row whose places in the source are computed together.
enum { chunk = 64 };

typedef struct {
    const uint8_t *pixels;
    int32_t width, height;
} picture;

// Where the pixels of a chunk are read: the upper left one of the four around each place.
typedef struct {
    int32_t left[chunk], top[chunk];
    float right_share[chunk], lower_share[chunk];
    // Whether all four pixels can be read as four bytes each.
    uint8_t is_inside[chunk];
} places;

// A pixel's three colours, and in the fourth place anything.
ALWAYS_INLINE four near_pixel(const uint8_t *at) {
    four_bytes bytes;
    __builtin_memcpy(&bytes, at, sizeof bytes);
    return __builtin_convertvector(bytes, four);
}

ALWAYS_INLINE four any_pixel(const picture *from, int32_t x, int32_t y) {
    if (x < 0 || y < 0 || x >= from->width || y >= from->height) return (four){0, 0, 0, 0};
    const uint8_t *at = from->pixels + ((size_t)y * from->width + x) * 3;
    return (four){at[0], at[1], at[2], 0};
}

ALWAYS_INLINE four between(four a, four b, float share) { return a + (b - a) * share; }

// Rounded down, and moved to just outside of the picture where it is farther away or not a number.
ALWAYS_INLINE int32_t floor_within(float x, float side) {
    float near = x > -2 ? x : -2;
    return (int32_t)((near < side ? near : side) + 2) - 2;
}

ALWAYS_INLINE void find(places *at, const picture *from, fp_similarity to_source, float x, float y, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float column = x + (float)i;
        float source_x = to_source.a * column - to_source.b * y + to_source.tx;
        float source_y = to_source.b * column + to_source.a * y + to_source.ty;
        int32_t left = floor_within(source_x, (float)from->width), top = floor_within(source_y, (float)from->height);
        at->left[i] = left;
        at->top[i] = top;
        at->right_share[i] = source_x - (float)left;
        at->lower_share[i] = source_y - (float)top;
        // The fourth byte of the right pixel is the next one's, which must be there.
        at->is_inside[i] = left >= 0 & top >= 0 & left + 2 < from->width & top + 1 < from->height;
    }
}

ALWAYS_INLINE four reading(const picture *from, const places *at, size_t i) {
    int32_t left = at->left[i], top = at->top[i];
    float right_share = at->right_share[i], lower_share = at->lower_share[i];
    if (at->is_inside[i]) {
        const uint8_t *upper = from->pixels + ((size_t)top * from->width + left) * 3;
        const uint8_t *lower = upper + (size_t)from->width * 3;
        return between(
            between(near_pixel(upper), near_pixel(upper + 3), right_share),
            between(near_pixel(lower), near_pixel(lower + 3), right_share), lower_share);
    }
    if (left < -1 || top < -1 || left >= from->width || top >= from->height) return (four){0, 0, 0, 0};
    return between(
        between(any_pixel(from, left, top), any_pixel(from, left + 1, top), right_share),
        between(any_pixel(from, left, top + 1), any_pixel(from, left + 1, top + 1), right_share), lower_share);
}

FOR_EACH_PROCESSOR
void fp_warp(
    const uint8_t *pixels, size_t width, size_t height, fp_similarity to_source, size_t grid, uint8_t *output,
    size_t new_width, size_t new_height) {
    picture from = {pixels, (int32_t)width, (int32_t)height};
    float step = 1 / (float)grid, share = 1 / (float)(grid * grid);
    places at;
    four sums[chunk];
    for (size_t row = 0; row < new_height; row++) {
        for (size_t column = 0; column < new_width; column += chunk) {
            size_t count = new_width - column < chunk ? new_width - column : chunk;
            for (size_t i = 0; i < count; i++) sums[i] = (four){0, 0, 0, 0};
            for (size_t reading_y = 0; reading_y < grid; reading_y++) {
                float y = (float)row + (((float)reading_y + 0.5f) * step - 0.5f);
                for (size_t reading_x = 0; reading_x < grid; reading_x++) {
                    float x = (float)column + (((float)reading_x + 0.5f) * step - 0.5f);
                    find(&at, &from, to_source, x, y, count);
                    for (size_t i = 0; i < count; i++) sums[i] += reading(&from, &at, i);
                }
            }
            for (size_t i = 0; i < count; i++) {
                four_bytes rounded = __builtin_convertvector(sums[i] * share + 0.5f, four_bytes);
                __builtin_memcpy(output, &rounded, 3);
                output += 3;
            }
        }
    }
}
