#ifndef CKERNELS_H
#define CKERNELS_H

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

#endif
