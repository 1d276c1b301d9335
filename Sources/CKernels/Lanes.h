#ifndef LANES_H
#define LANES_H

#include <stddef.h>
#include <string.h>

// Sixteen numbers that the compiler keeps in the registers there are: one of AVX-512, two of AVX2, four of
// NEON or SSE. The order of additions is spelled out, so that it is the same in all of them.
typedef float lanes __attribute__((ext_vector_type(16)));

enum { lane_count = 16 };

// One function for every level of processor, chosen when the program is loaded.
#if defined(__x86_64__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

ALWAYS_INLINE void load(lanes *to, const float *from) { memcpy(to, from, sizeof *to); }

#endif
