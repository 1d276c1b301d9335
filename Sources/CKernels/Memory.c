#define _GNU_SOURCE
#include "include/CKernels.h"

#if defined(__linux__)
#include <sys/mman.h>

void fp_advise_huge_pages(void *start, size_t size) { madvise(start, size, MADV_HUGEPAGE); }
#else
void fp_advise_huge_pages(void *start, size_t size) {
    (void)start;
    (void)size;
}
#endif
