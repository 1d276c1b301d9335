#include "include/CKernels.h"
#include "Lanes.h"

// Products are rounded before they are added: pixels must not depend on the processor.
#pragma clang fp contract(off)

typedef float four __attribute__((ext_vector_type(4)));
typedef uint8_t four_bytes __attribute__((ext_vector_type(4)));

// A pixel's three colours, and in the fourth place anything.
typedef struct {
    const uint8_t *pixels;
    ptrdiff_t width, height;
} picture;

// The caller knows that four bytes can be read there.
ALWAYS_INLINE four near_pixel(const uint8_t *at) {
    four_bytes bytes;
    __builtin_memcpy(&bytes, at, sizeof bytes);
    return __builtin_convertvector(bytes, four);
}

ALWAYS_INLINE four any_pixel(const picture *from, ptrdiff_t x, ptrdiff_t y) {
    if (x < 0 || y < 0 || x >= from->width || y >= from->height) return (four){0, 0, 0, 0};
    const uint8_t *at = from->pixels + (y * from->width + x) * 3;
    return (four){at[0], at[1], at[2], 0};
}

ALWAYS_INLINE four between(four a, four b, float share) { return a + (b - a) * share; }

ALWAYS_INLINE four reading(const picture *from, float x, float y) {
    if (!(x > -1 && y > -1 && x < from->width && y < from->height)) return (four){0, 0, 0, 0};
    // Above −1, so that a cut after adding 1 rounds down.
    ptrdiff_t left = (ptrdiff_t)(x + 1) - 1, top = (ptrdiff_t)(y + 1) - 1;
    float right_share = x - left, lower_share = y - top;
    // The fourth byte of the right pixel is the next one's, which must be there.
    if (left >= 0 && top >= 0 && left + 2 < from->width && top + 1 < from->height) {
        const uint8_t *at = from->pixels + (top * from->width + left) * 3, *below = at + from->width * 3;
        return between(
            between(near_pixel(at), near_pixel(at + 3), right_share),
            between(near_pixel(below), near_pixel(below + 3), right_share), lower_share);
    }
    return between(
        between(any_pixel(from, left, top), any_pixel(from, left + 1, top), right_share),
        between(any_pixel(from, left, top + 1), any_pixel(from, left + 1, top + 1), right_share), lower_share);
}

FOR_EACH_PROCESSOR
void fp_warp(
    const uint8_t *pixels, size_t width, size_t height, fp_similarity to_source, size_t grid, uint8_t *output,
    size_t new_width, size_t new_height) {
    picture from = {pixels, (ptrdiff_t)width, (ptrdiff_t)height};
    float step = 1 / (float)grid, share = 1 / (float)(grid * grid);
    for (size_t row = 0; row < new_height; row++) {
        for (size_t column = 0; column < new_width; column++) {
            four sum = {0, 0, 0, 0};
            for (size_t i = 0; i < grid; i++) {
                float y = (float)row + ((float)i + 0.5f) * step - 0.5f;
                for (size_t j = 0; j < grid; j++) {
                    float x = (float)column + ((float)j + 0.5f) * step - 0.5f;
                    sum += reading(
                        &from, to_source.a * x - to_source.b * y + to_source.tx,
                        to_source.b * x + to_source.a * y + to_source.ty);
                }
            }
            four rounded = sum * share + 0.5f;
            for (int channel = 0; channel < 3; channel++) *output++ = (uint8_t)rounded[channel];
        }
    }
}
