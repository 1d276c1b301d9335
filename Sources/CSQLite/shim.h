#pragma once

#include <sqlite3.h>

// What Swift can't call: macros that are casts, and variadic functions.

/// Binds text that SQLite copies.
static inline int fp_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int bytes) {
    return sqlite3_bind_text(statement, index, text, bytes, SQLITE_TRANSIENT);
}

/// Binds a blob that SQLite copies.
static inline int fp_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *blob, int bytes) {
    return sqlite3_bind_blob(statement, index, blob, bytes, SQLITE_TRANSIENT);
}

/// Sets one of the `SQLITE_DBCONFIG_…` switches.
static inline int fp_sqlite_configure(sqlite3 *database, int option, int on) {
    return sqlite3_db_config(database, option, on, (int *)0);
}
