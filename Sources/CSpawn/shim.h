#pragma once

#include <spawn.h>

// glibc (2.34 and newer) declares it only to programs in GNU's dialect of C, which Swift's module of it isn't.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
