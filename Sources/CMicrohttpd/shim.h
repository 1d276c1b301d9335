#pragma once

#include <microhttpd.h>
#include <stdarg.h>
#include <stdio.h>

// What Swift can't call: variadic functions, and macros that are casts.

/// Who takes a daemon's messages, whose own logger takes a va_list.
struct fp_mhd_logger {
    void (*take)(void *context, const char *text);
    void *context;
};

static inline void fp_mhd_log(void *logger, const char *format, va_list values) {
    char text[200];
    vsnprintf(text, sizeof text, format, values);
    const struct fp_mhd_logger *to = (const struct fp_mhd_logger *)logger;
    to->take(to->context, text);
}

/// Starts a daemon whose options all stand in an array that ends with MHD_OPTION_END. The logger has to stay.
static inline struct MHD_Daemon *fp_mhd_start(
    unsigned int flags, uint16_t port, MHD_AccessHandlerCallback handler, void *context,
    struct fp_mhd_logger *logger, const struct MHD_OptionItem *options) {
    return MHD_start_daemon(
        flags, port, NULL, NULL, handler, context, MHD_OPTION_EXTERNAL_LOGGER, fp_mhd_log, logger,
        MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

/// The port that a daemon listens at; 0 where it doesn't.
static inline uint16_t fp_mhd_port(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

/// The client's address; NULL where it isn't known.
static inline const struct sockaddr *fp_mhd_address(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}

/// The connection's socket, or -1.
static inline int fp_mhd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}
