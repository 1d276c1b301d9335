#pragma once

// Large C libraries are loaded when one of their functions is first called, not when the process starts: with what
// they need in their turn they are some 300 files, of which most commands use none.
//
// functions.S has a stand-in for each function that Swift calls, which jumps to the real one. Programs are not linked
// with the libraries, so a function that isn't listed there is one that the linker misses.

#define FP_LATE_AVCODEC 0
#define FP_LATE_AVDEVICE 1
#define FP_LATE_AVFORMAT 2
#define FP_LATE_AVUTIL 3
#define FP_LATE_CAIRO 4
#define FP_LATE_CURL 5
#define FP_LATE_DNNL 6
#define FP_LATE_GMODULE 7
#define FP_LATE_GOBJECT 8
#define FP_LATE_HDF5 9
#define FP_LATE_LAPACKE 10
#define FP_LATE_MICROHTTPD 11
#define FP_LATE_OPENVINO 12
#define FP_LATE_PQ 13
#define FP_LATE_SVM 14
#define FP_LATE_SWSCALE 15
#define FP_LATE_VIPS 16

#ifndef __ASSEMBLER__
/// The address of a variable or function of one of the libraries, which is loaded for it. A library that can't be
/// loaded, or hasn't the symbol, ends the program with a line that says so.
void *fp_late_address(unsigned long library, const char *name);
#endif
