#pragma once

#include <openvino/c/openvino.h>

// OpenVINO's names of properties are global variables, which Swift takes for mutable state.
static inline const char *fp_ov_cache_dir(void) { return ov_property_key_cache_dir; }
static inline const char *fp_ov_device_capabilities(void) { return ov_property_key_device_capabilities; }
static inline const char *fp_ov_performance_mode(void) { return ov_property_key_hint_performance_mode; }
static inline const char *fp_ov_inference_precision(void) { return ov_property_key_hint_inference_precision; }
static inline const char *fp_ov_optimal_requests(void) { return ov_property_key_optimal_number_of_infer_requests; }
