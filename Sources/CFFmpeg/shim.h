#pragma once

#include <libavcodec/avcodec.h>
#include <libavdevice/avdevice.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>

// What Swift can't call or see: macros that are casts or calculations.

static const int64_t fp_no_time = AV_NOPTS_VALUE;
static const int fp_end_of_file = AVERROR_EOF;
static const int fp_interrupted = AVERROR_EXIT;
static const int fp_invalid_data = AVERROR_INVALIDDATA;

/// The number that FFmpeg gives an errno.
static inline int fp_averror(int number) { return AVERROR(number); }

/// Whether a file of this format has its codecs' headers in one place.
static inline int fp_wants_global_header(const AVFormatContext *context) {
    return (context->oformat->flags & AVFMT_GLOBALHEADER) != 0;
}
