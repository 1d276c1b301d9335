#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The squared L2 distance of two vectors of n numbers, Σ(aᵢ − bᵢ)²; exactly 0 when they are equal.
///
/// Zeros appended to both vectors don't change a bit of the result.
float fp_squared_distance(const float *a, const float *b, size_t n);

/// Σaᵢ².
float fp_squared_norm(const float *a, size_t n);

/// The squared distance of a query to each of `count` rows of n numbers, `[count][n]`: for each row the very
/// number that `fp_squared_distance` gives. Reads the rows as fast as memory delivers them.
void fp_squared_distances(
    const float *query, const float *rows, size_t count, size_t n, float *distances);

/// The queries of one panel: the lanes of the widest vector register.
enum { fp_panel_width = 16 };

/// A pair of `fp_screen` that may be near.
typedef struct {
    uint16_t row;
    uint16_t query;
} fp_pair;

/// Finds the pairs of row and query whose `row · query − offset[row]` isn't below `threshold[query]`; a pair
/// where that is not a number is among them.
///
/// - `rows`: `[row_count][stride]`, of which the first n numbers of each row count; at most 65,536 rows.
/// - `offsets`: `[row_count]`.
/// - `panels`: the queries, transposed in panels of `fp_panel_width`: `[⌈query_count / 16⌉][n][16]`, the last
///   one filled up with anything.
/// - `thresholds`: one a query, filled up to whole panels as well.
/// - `pairs`: room for `row_count · query_count`; in no particular order.
/// - Returns: the number of pairs.
size_t fp_screen(
    const float *rows, const float *offsets, size_t row_count, size_t stride, size_t n,
    const float *panels, const float *thresholds, size_t query_count, fp_pair *pairs);

/// The largest size of a number of `fp_quantize`.
enum { fp_largest_byte = 127 };

/// What is left of a vector x when it is rounded to x̂, whole numbers −127…127 times a scale.
typedef struct {
    float scale;
    /// ‖x̂‖, rounded up.
    float norm;
    /// ‖x − x̂‖, rounded up.
    float error;
} fp_quantization;

/// Rounds a vector to `numbers` times a scale, both of length n, at most 131,072.
///
/// - Precondition: the numbers are finite.
fp_quantization fp_quantize(const float *vector, size_t n, int8_t *numbers);

/// Writes a row of bytes into a panel of 16 rows, which is lines of 64 bytes: the rows' scales, `float[16]`; their
/// offsets, `float[16]`; and for each group of 4 dimensions the rows' numbers, `uint8_t[16][4]`, each plus 128.
///
/// - `numbers`: `[4 · groups]`.
void fp_set_panel_row(uint8_t *panel, size_t groups, size_t lane, const int8_t *numbers, float scale, float offset);

/// The largest error and norm of the `fp_quantization`s of a panel's rows.
typedef struct {
    float error;
    float norm;
} fp_margin;

/// What is known of a query y, besides its numbers.
typedef struct {
    fp_quantization rounded;
    /// ‖y‖, rounded up.
    float norm;
    /// −128 times the sum of its numbers.
    int32_t bias;
} fp_byte_query;

/// The instructions that products of bytes are made with; a later one is faster.
typedef enum : int {
    fp_byte_level_portable,
    fp_byte_level_avx2,
    fp_byte_level_avxvnni,
    fp_byte_level_avx512vnni,
    fp_byte_level_dotprod,
    fp_byte_level_count,
} fp_byte_level;

/// Whether this processor has a level.
bool fp_has_byte_level(fp_byte_level level);

/// The fastest level of this processor.
fp_byte_level fp_best_byte_level(void);

/// Finds the pairs of row x and query y whose x̂·ŷ − offset isn't below
/// `threshold − (error of the row's panel · ‖y‖ + norm of the row's panel · ‖y − ŷ‖)`; a pair where that is not a
/// number is among them. By Cauchy and Schwarz, x·y is no larger than x̂·ŷ + ‖x − x̂‖ ‖y‖ + ‖x̂‖ ‖y − ŷ‖.
///
/// Products of bytes are summed up in whole numbers, so every level finds the same.
///
/// - `level`: one that this processor has.
/// - `panels`: `[⌈row_count / 16⌉]`, as `fp_set_panel_row` writes them; at most 65,536 rows.
/// - `margins`: one a panel.
/// - `numbers`: of the queries, `[query_count][4 · groups]`.
/// - `thresholds`: one a query.
/// - `pairs`: room for `row_count · query_count`; in no particular order.
/// - Returns: the number of pairs.
size_t fp_screen_bytes(
    fp_byte_level level, const uint8_t *panels, const fp_margin *margins, size_t row_count, size_t groups,
    const fp_byte_query *queries, const int8_t *numbers, const float *thresholds, size_t query_count,
    fp_pair *pairs);

/// The map of a point (x, y) to (a·x − b·y + tx, b·x + a·y + ty).
typedef struct {
    float a, b, tx, ty;
} fp_similarity;

/// Reads an 8-bit RGB picture through a similarity transform, by bilinear interpolation; black outside of it.
///
/// - `pixels`: `[height][width][3]`.
/// - `to_source`: from the new picture's pixels to this one's; whole numbers are the centres of pixels.
/// - `grid`: each new pixel is the mean of grid × grid readings spread evenly over it.
/// - `output`: `[new_height][new_width][3]`.
void fp_warp(
    const uint8_t *pixels, size_t width, size_t height, fp_similarity to_source, size_t grid, uint8_t *output,
    size_t new_width, size_t new_height);

/// Asks the system to back memory with huge pages, which a scan of it needs fewer address translations for.
/// Only a hint: where the system has none, nothing happens.
void fp_advise_huge_pages(void *start, size_t size);

/// One step of stochastic gradient descent with momentum: `v ← momentum · v + g + decay · w`, `w ← w − rate · v`;
/// with Nesterov's look ahead `w ← w − rate · (g + decay · w + momentum · v)`.
void fp_sgd_step(
    float *values, const float *gradients, float *velocities, size_t count, float rate, float momentum, float decay,
    bool looks_ahead);

/// One step of Adagrad: `s ← s + g²`, `w ← w − rate · g / (√s + epsilon)`, where g includes `decay · w`.
void fp_adagrad_step(
    float *values, const float *gradients, float *sums, size_t count, float rate, float decay, float epsilon);

/// What all numbers of a step of Adam share.
typedef struct {
    float rate;
    /// β₁
    float mean_decay;
    /// β₂
    float square_decay;
    /// 1 / (1 − β₁ᵗ)
    float mean_correction;
    /// 1 / (1 − β₂ᵗ)
    float square_correction;
    float epsilon;
    /// Of the values themselves, times the rate.
    float decay;
} fp_adam;

/// One step of Adam with decoupled weight decay.
void fp_adam_step(
    float *values, const float *gradients, float *means, float *squares, size_t count, const fp_adam *adam);

/// Multiplies all values.
void fp_scale(float *values, size_t count, float factor);

/// Adds others to values, place by place.
void fp_add(float *values, const float *others, size_t count);

/// Σvᵢ² in double precision; not finite when a value isn't.
double fp_sum_of_squares(const float *values, size_t count);

/// Rounds a filter's weights to whole numbers times one scale, the one of least squared error that was tried.
///
/// - `weights`: `[channels][places]`.
/// - `pair_limit`: 0…254. The sizes of two numbers of channels 2i and 2i + 1 at one place have at most that sum.
/// - `numbers`: −127…127, in the order of the weights.
/// - `changes`: `[channels]`, the sum of what rounding has added to the weights of each.
///
/// Returns the scale; 1 where all weights are 0.
float fp_quantize_filter(
    const float *weights, size_t channels, size_t places, int32_t pair_limit, int8_t *numbers, double *changes);

/// The least and the largest of some numbers, and of those that were there before.
void fp_extend(const float *values, size_t count, float *least, float *most);

/// The largest size of each channel's numbers, and of those that were there before: `[pictures][channels][places]` to
/// `[channels]`.
void fp_extend_channels(
    const float *values, size_t pictures, size_t channels, size_t places, float *largest);

/// Counts numbers by their size, |v| · `parts_per_unit` rounded down, the last part for all beyond; zeros aren't counted.
void fp_count_sizes(
    const float *values, size_t count, float parts_per_unit, uint64_t *counts, size_t part_count);

/// Adds up the numbers of each channel: `[pictures][channels][places]` to `[channels]`.
void fp_add_channels(
    const float *values, size_t pictures, size_t channels, size_t places, double *sums);

#endif
