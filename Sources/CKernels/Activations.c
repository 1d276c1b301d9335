#include "include/CKernels.h"
#include "Lanes.h"

#include <math.h>

FOR_EACH_PROCESSOR
void fp_extend(const float *values, size_t count, float *least, float *most) {
    float low = *least, high = *most;
    for (size_t i = 0; i < count; i++) {
        low = values[i] < low ? values[i] : low;
        high = values[i] > high ? values[i] : high;
    }
    *least = low;
    *most = high;
}

FOR_EACH_PROCESSOR
void fp_extend_channels(
    const float *values, size_t pictures, size_t channels, size_t places, float *largest) {
    for (size_t picture = 0; picture < pictures; picture++) {
        for (size_t channel = 0; channel < channels; channel++, values += places) {
            float most = largest[channel];
            for (size_t place = 0; place < places; place++) {
                float size = __builtin_fabsf(values[place]);
                most = size > most ? size : most;
            }
            largest[channel] = most;
        }
    }
}

void fp_count_sizes(
    const float *values, size_t count, float parts_per_unit, uint64_t *counts, size_t part_count) {
    const float last = (float)(part_count - 1);
    for (size_t i = 0; i < count; i++) {
        if (values[i] == 0) continue;
        // fminf also takes what isn't a number to the last part.
        counts[(size_t)fminf(fabsf(values[i]) * parts_per_unit, last)]++;
    }
}

FOR_EACH_PROCESSOR
void fp_add_channels(
    const float *values, size_t pictures, size_t channels, size_t places, double *sums) {
    for (size_t picture = 0; picture < pictures; picture++) {
        for (size_t channel = 0; channel < channels; channel++) {
            double sum = 0;
            for (size_t place = 0; place < places; place++) sum += *values++;
            sums[channel] += sum;
        }
    }
}
