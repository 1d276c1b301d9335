#include <math.h>

#include "include/CKernels.h"
#include "Lanes.h"

// Ranks on unlike processors each make the same step, and must stay at the same bits; not all of them can fuse.
#pragma clang fp contract(off)

// Each number depends on those at its own place alone, so the result doesn't depend on how the loops are cut.

FOR_EACH_PROCESSOR
void fp_sgd_step(
    float *values, const float *gradients, float *velocities, size_t count, float rate, float momentum, float decay,
    bool looks_ahead) {
    for (size_t i = 0; i < count; i++) {
        float gradient = gradients[i] + decay * values[i];
        velocities[i] = momentum * velocities[i] + gradient;
        values[i] -= rate * (looks_ahead ? gradient + momentum * velocities[i] : velocities[i]);
    }
}

FOR_EACH_PROCESSOR
void fp_adagrad_step(
    float *values, const float *gradients, float *sums, size_t count, float rate, float decay, float epsilon) {
    for (size_t i = 0; i < count; i++) {
        float gradient = gradients[i] + decay * values[i];
        sums[i] += gradient * gradient;
        values[i] -= rate * gradient / (sqrtf(sums[i]) + epsilon);
    }
}

FOR_EACH_PROCESSOR
void fp_adam_step(
    float *values, const float *gradients, float *means, float *squares, size_t count, const fp_adam *adam) {
    for (size_t i = 0; i < count; i++) {
        means[i] = adam->mean_decay * means[i] + (1 - adam->mean_decay) * gradients[i];
        squares[i] = adam->square_decay * squares[i] + (1 - adam->square_decay) * gradients[i] * gradients[i];
        float step = means[i] * adam->mean_correction / (sqrtf(squares[i] * adam->square_correction) + adam->epsilon);
        values[i] -= adam->rate * (step + adam->decay * values[i]);
    }
}

FOR_EACH_PROCESSOR
void fp_scale(float *values, size_t count, float factor) {
    for (size_t i = 0; i < count; i++) values[i] *= factor;
}

FOR_EACH_PROCESSOR
void fp_add(float *values, const float *others, size_t count) {
    for (size_t i = 0; i < count; i++) values[i] += others[i];
}

FOR_EACH_PROCESSOR
double fp_sum_of_squares(const float *values, size_t count) {
    double sums[lane_count] = {0};
    size_t whole = count - count % lane_count;
    for (size_t i = 0; i < whole; i += lane_count) {
        for (size_t lane = 0; lane < lane_count; lane++) {
            double value = values[i + lane];
            sums[lane] += value * value;
        }
    }
    double sum = 0;
    for (size_t lane = 0; lane < lane_count; lane++) sum += sums[lane];
    for (size_t i = whole; i < count; i++) sum += (double)values[i] * values[i];
    return sum;
}
