// The screening of panels of bytes for one level of processor: included once for each, with
//
// - LEVEL(name): the name of a function of this level;
// - BIAS: 1 where `LEVEL(add_products)` takes rows as they are stored, plus 128; 0 where it takes 128 off;
// - HEIGHT, WIDTH: of the tile, in panels and queries: as many sums as there are registers.

// Returns the place after the last pair written.
ALWAYS_INLINE fp_pair *LEVEL(screen_tile)(
    const byte_screening *s, size_t panel, size_t height, size_t query, size_t width, fp_pair *pairs) {
    const size_t groups = s->groups, size = panel_size(groups);
    const uint8_t *first = s->panels + panel * size;

    integers sums[HEIGHT][WIDTH];
#pragma clang loop unroll(full)
    for (size_t p = 0; p < height; p++) {
#pragma clang loop unroll(full)
        for (size_t q = 0; q < width; q++) sums[p][q] = BIAS * s->queries[query + q].bias;
    }

    // The first queries ask for the next panels, so that all that read these find them in the cache.
    const uint8_t *next = first + HEIGHT * size;
    if (query == 0) {
        for (size_t p = 0; p < height; p++) {
            __builtin_prefetch(next + p * size);
            __builtin_prefetch(next + p * size + line);
        }
    }
    const uint8_t *rows = first + 2 * line;
    const int8_t *numbers = s->numbers + query * 4 * groups;
    for (size_t group = 0; group < groups; group++) {
        if (query == 0) {
#pragma clang loop unroll(full)
            for (size_t p = 0; p < height; p++) __builtin_prefetch(next + p * size + (2 + group) * line);
        }
#pragma clang loop unroll(full)
        for (size_t q = 0; q < width; q++) {
            int32_t four;
            memcpy(&four, numbers + (q * groups + group) * 4, sizeof four);
#pragma clang loop unroll(full)
            for (size_t p = 0; p < height; p++) {
                LEVEL(add_products)(&sums[p][q], rows + p * size + group * line, four);
            }
        }
    }

    for (size_t p = 0; p < height; p++) {
        const size_t row = (panel + p) * lane_count;
        const size_t left = s->row_count - row;
        const unsigned real = left < lane_count ? (1u << left) - 1 : 0xffff;
        const fp_margin margin = s->margins[panel + p];
        lanes scales, offsets;
        load(&scales, (const float *)(first + p * size));
        load(&offsets, (const float *)(first + p * size + line));
        for (size_t q = 0; q < width; q++) {
            const fp_byte_query of = s->queries[query + q];
            const float threshold =
                s->thresholds[query + q] - (margin.error * of.norm + margin.norm * of.rounded.error);
            lanes product = __builtin_convertvector(sums[p][q], lanes) * scales;
            flags below = __builtin_convertvector(product * of.rounded.scale - offsets < threshold, flags);
            uint16_t bits;
            memcpy(&bits, &below, sizeof bits);
            for (unsigned near = ~bits & real; near != 0; near &= near - 1) {
                *pairs++ = (fp_pair){(uint16_t)(row + (size_t)__builtin_ctz(near)), (uint16_t)(query + q)};
            }
        }
    }
    return pairs;
}

ALWAYS_INLINE fp_pair *LEVEL(screen_panels)(const byte_screening *s, size_t panel, size_t height, fp_pair *pairs) {
    const size_t count = s->query_count;
    size_t query = 0;
    for (; query + WIDTH <= count; query += WIDTH) pairs = LEVEL(screen_tile)(s, panel, height, query, WIDTH, pairs);
    for (; query < count; query++) pairs = LEVEL(screen_tile)(s, panel, height, query, 1, pairs);
    return pairs;
}

static size_t LEVEL(screen)(const byte_screening *s) {
    const size_t panel_count = (s->row_count + lane_count - 1) / lane_count;
    fp_pair *pairs = s->pairs;
    size_t panel = 0;
    // A lone query waits for nothing but memory, which delivers panel after panel the fastest.
    const size_t tiled = s->query_count == 1 ? 0 : panel_count;
    for (; panel + HEIGHT <= tiled; panel += HEIGHT) pairs = LEVEL(screen_panels)(s, panel, HEIGHT, pairs);
    for (; panel < panel_count; panel++) pairs = LEVEL(screen_panels)(s, panel, 1, pairs);
    return (size_t)(pairs - s->pairs);
}

#undef LEVEL
#undef BIAS
#undef HEIGHT
#undef WIDTH
