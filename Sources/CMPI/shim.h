#pragma once

#include <mpi.h>

// Open MPI's constants are macros that cast addresses; Swift can't see those.
static inline MPI_Comm fp_mpi_world(void) { return MPI_COMM_WORLD; }
static inline MPI_Datatype fp_mpi_float(void) { return MPI_FLOAT; }
static inline MPI_Datatype fp_mpi_byte(void) { return MPI_BYTE; }
static inline MPI_Op fp_mpi_sum(void) { return MPI_SUM; }
static inline void *fp_mpi_in_place(void) { return MPI_IN_PLACE; }
static inline MPI_Status *fp_mpi_no_status(void) { return MPI_STATUS_IGNORE; }
static inline MPI_Errhandler fp_mpi_errors_return(void) { return MPI_ERRORS_RETURN; }
