#include "include/CKernels.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { tried_scales = 16 };

typedef struct {
    int32_t a, b;
} pair;

static int32_t rounded(float weight, float inverse) {
    float number = rintf(weight * inverse);
    return (int32_t)fminf(fmaxf(number, -fp_largest_byte), fp_largest_byte);
}

static int32_t nearer_zero(int32_t number, int32_t by) { return number < 0 ? number + by : number - by; }

// Half of what is too much is taken from each, which moves the two as little as possible.
static pair rounded_pair(float a, float b, float inverse, int32_t limit) {
    pair numbers = {rounded(a, inverse), rounded(b, inverse)};
    int32_t excess = abs(numbers.a) + abs(numbers.b) - limit;
    if (excess <= 0) return numbers;
    int32_t from_b = excess / 2 < abs(numbers.b) ? excess / 2 : abs(numbers.b);
    int32_t from_a = excess - from_b;
    if (from_a > abs(numbers.a)) {
        from_a = abs(numbers.a);
        from_b = excess - from_a;
    }
    return (pair){nearer_zero(numbers.a, from_a), nearer_zero(numbers.b, from_b)};
}

// Rounds all weights to a scale; writes the numbers and changes unless they are NULL. Returns the squared error.
static double quantize(
    const float *weights, size_t channels, size_t places, float scale, int32_t limit, int8_t *numbers,
    double *changes) {
    const float inverse = 1 / scale;
    double error = 0;
    for (size_t channel = 0; channel < channels; channel += 2) {
        const float *first = weights + channel * places;
        const float *second = channel + 1 < channels ? first + places : NULL;
        for (size_t place = 0; place < places; place++) {
            float a = first[place], b = second ? second[place] : 0;
            pair found = rounded_pair(a, b, inverse, limit);
            double wrong_a = a - found.a * (double)scale, wrong_b = b - found.b * (double)scale;
            error += wrong_a * wrong_a + wrong_b * wrong_b;
            if (!numbers) continue;
            numbers[channel * places + place] = (int8_t)found.a;
            changes[channel] -= wrong_a;
            if (!second) continue;
            numbers[(channel + 1) * places + place] = (int8_t)found.b;
            changes[channel + 1] -= wrong_b;
        }
    }
    return error;
}

float fp_quantize_filter(
    const float *weights, size_t channels, size_t places, int32_t pair_limit, int8_t *numbers, double *changes) {
    // The smallest scale at which nothing is cut off.
    float whole = 0;
    for (size_t channel = 0; channel < channels; channel += 2) {
        for (size_t place = 0; place < places; place++) {
            float a = fabsf(weights[channel * places + place]);
            float b = channel + 1 < channels ? fabsf(weights[(channel + 1) * places + place]) : 0;
            whole = fmaxf(whole, fmaxf(fmaxf(a, b) / fp_largest_byte, (a + b) / (float)pair_limit));
        }
    }
    if (!(whole >= FLT_MIN)) whole = 1;
    float best = whole;
    double least = DBL_MAX;
    for (int step = 0; step < tried_scales; step++) {
        float scale = whole * (1 - 0.5f * (float)step / tried_scales);
        double error = quantize(weights, channels, places, scale, pair_limit, NULL, NULL);
        if (error < least) {
            least = error;
            best = scale;
        }
    }
    for (size_t channel = 0; channel < channels; channel++) changes[channel] = 0;
    quantize(weights, channels, places, best, pair_limit, numbers, changes);
    return best;
}
