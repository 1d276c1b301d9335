#pragma once

#include <hdf5.h>

// HDF5's constants are macros that call H5open(); Swift can't see those.
static inline hid_t fp_h5t_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t fp_h5t_c_string(void) { return H5T_C_S1; }
static inline hid_t fp_h5p_default(void) { return H5P_DEFAULT; }
static inline hid_t fp_h5p_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t fp_h5p_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t fp_h5s_all(void) { return H5S_ALL; }
static inline hid_t fp_h5e_default(void) { return H5E_DEFAULT; }
static inline unsigned fp_h5f_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned fp_h5f_truncate(void) { return H5F_ACC_TRUNC; }
static inline size_t fp_h5t_variable(void) { return H5T_VARIABLE; }
