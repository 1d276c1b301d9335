#pragma once

#include <CLateLibraries.h>
#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#else
#include <hdf5.h>
#endif

// HDF5's constants are macros, which Swift can't see. Some read variables of the library, once H5open() has set them.
static inline hid_t fp_h5_variable(const char *name) {
    H5open();
    return *(const hid_t *)fp_late_address(FP_LATE_HDF5, name);
}

static inline hid_t fp_h5t_native_float(void) { return fp_h5_variable("H5T_NATIVE_FLOAT_g"); }
static inline hid_t fp_h5t_c_string(void) { return fp_h5_variable("H5T_C_S1_g"); }
static inline hid_t fp_h5t_int32(void) { return fp_h5_variable("H5T_STD_I32LE_g"); }
static inline hid_t fp_h5p_file_access(void) { return fp_h5_variable("H5P_CLS_FILE_ACCESS_ID_g"); }
static inline hid_t fp_h5p_dataset_create(void) { return fp_h5_variable("H5P_CLS_DATASET_CREATE_ID_g"); }
static inline hid_t fp_h5p_default(void) { return H5P_DEFAULT; }
static inline hid_t fp_h5s_all(void) { return H5S_ALL; }
static inline hid_t fp_h5e_default(void) { return H5E_DEFAULT; }
static inline unsigned fp_h5f_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned fp_h5f_truncate(void) { return H5F_ACC_TRUNC; }
static inline size_t fp_h5t_variable(void) { return H5T_VARIABLE; }
