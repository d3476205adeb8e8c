#include <spawn.h>
#include <linux/memfd.h>

// glibc shows it only with _GNU_SOURCE, which Swift's own module of it is built without.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

// A file in memory; the same holds for it.
int memfd_create(const char *name, unsigned int flags);
