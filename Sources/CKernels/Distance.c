#include "include/CKernels.h"
#include "Lanes.h"

#pragma clang fp contract(fast)

// Two sums, for an addition takes longer than the time between two.
typedef struct {
    lanes even, odd;
} sums;

enum { step = 2 * lane_count };

ALWAYS_INLINE void add_squares(sums *s, const float *a, const float *b) {
    lanes a0, a1, b0, b1;
    load(&a0, a);
    load(&a1, a + lane_count);
    load(&b0, b);
    load(&b1, b + lane_count);
    lanes even = a0 - b0, odd = a1 - b1;
    s->even += even * even;
    s->odd += odd * odd;
}

ALWAYS_INLINE float total(const sums *s) {
    lanes sixteen = s->even + s->odd;
    __attribute__((ext_vector_type(8))) float eight = sixteen.lo + sixteen.hi;
    __attribute__((ext_vector_type(4))) float four = eight.lo + eight.hi;
    __attribute__((ext_vector_type(2))) float two = four.lo + four.hi;
    return two.x + two.y;
}

ALWAYS_INLINE float squared_distance(const float *a, const float *b, size_t n) {
    sums s = {0, 0};
    size_t i = 0;
    for (; i + step <= n; i += step) add_squares(&s, a + i, b + i);
    if (i < n) {
        float end_of_a[step] = {0}, end_of_b[step] = {0};
        memcpy(end_of_a, a + i, (n - i) * sizeof(float));
        memcpy(end_of_b, b + i, (n - i) * sizeof(float));
        add_squares(&s, end_of_a, end_of_b);
    }
    return total(&s);
}

FOR_EACH_PROCESSOR
float fp_squared_distance(const float *a, const float *b, size_t n) { return squared_distance(a, b, n); }

FOR_EACH_PROCESSOR
float fp_squared_norm(const float *a, size_t n) {
    static const float zeros[step];
    float sum = 0;
    size_t i = 0;
    for (; i + step <= n; i += step) sum += squared_distance(a + i, zeros, step);
    return sum + squared_distance(a + i, zeros, n - i);
}

FOR_EACH_PROCESSOR
void fp_squared_distances(
    const float *query, const float *rows, size_t count, size_t n, float *distances) {
    // The processor's own prefetching stops at the end of each 4 KiB page; this is asked for across it.
    enum { ahead = 2048, line = 16 };
    for (size_t row = 0; row < count; row++) {
        const float *numbers = rows + row * n;
        for (size_t i = 0; i < n; i += line) __builtin_prefetch(numbers + ahead + i);
        distances[row] = squared_distance(query, numbers, n);
    }
}
