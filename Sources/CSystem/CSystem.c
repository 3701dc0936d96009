#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CSystem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int argument_count;
static char **arguments;

int process_argument_count(void) { return argument_count; }

const char *process_argument(int number) { return arguments[number]; }

// Swift reads its arguments from /proc, which a small container may not have.
static void note_arguments(int count, char **texts, char **environment) {
  (void)environment;
  argument_count = count;
  arguments = texts;
}

// What can be said without asking for mounts: a folder on another device than the one above it.
static _Bool lies_on_another_device(const char *folder) {
  char above[4096];
  struct stat own, other;
  if (strlen(folder) > sizeof above - 4) return 0;
  strcpy(above, folder);
  strcat(above, "/..");
  return stat(folder, &own) == 0 && stat(above, &other) == 0 && own.st_dev != other.st_dev;
}

#ifdef __APPLE__
#include <sys/stdio.h>

__attribute__((constructor)) static void start(int count, char **texts, char **environment) {
  note_arguments(count, texts, environment);
}

int exchange_names(const char *first, const char *second) {
  return renamex_np(first, second, RENAME_SWAP);
}
_Bool is_mount_point(const char *folder) { return lies_on_another_device(folder); }
#else
#include <fcntl.h>
#include <sched.h>

_Bool is_mount_point(const char *folder) {
#ifdef STATX_ATTR_MOUNT_ROOT
  struct statx found;
  if (statx(AT_FDCWD, folder, 0, STATX_TYPE, &found) == 0 &&
      found.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT)
    return (found.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
#endif
  return lies_on_another_device(folder);
}

// OpenBLAS makes a thread for every processor when it is loaded, and ends the process where it cannot. Products are
// divided by our own loops, so it needs none: while libraries are set up, the process has one processor.
static cpu_set_t processors;
static _Bool are_hidden;

static void hide_processors(int count, char **texts, char **environment) {
  (void)count, (void)texts, (void)environment;
  cpu_set_t one;
  int current = sched_getcpu();
  if (current < 0 || current >= CPU_SETSIZE) return;
  if (sched_getaffinity(0, sizeof processors, &processors) != 0) return;
  CPU_ZERO(&one);
  CPU_SET(current, &one);
  are_hidden = sched_setaffinity(0, sizeof one, &one) == 0;
}

// Runs before the libraries are set up.
__attribute__((section(".preinit_array"), used)) static void (*const before_libraries)(
    int, char **, char **) = hide_processors;

// Runs after them.
__attribute__((constructor)) static void start(int count, char **texts, char **environment) {
  note_arguments(count, texts, environment);
  if (are_hidden) sched_setaffinity(0, sizeof processors, &processors);
}

int exchange_names(const char *first, const char *second) {
#ifdef RENAME_EXCHANGE
  return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE);
#else
  (void)first;
  (void)second;
  errno = ENOSYS;
  return -1;
#endif
}
#endif
