// Loaded before the C library (LD_PRELOAD): counts the calls that change something on the disk, ask for a thread or
// for memory, and has one of them fail, or kills the process there.
//
//   FAULT_CALLS   names of functions, between commas; without it, all that change the disk
//   FAULT_AT      which of their calls, counted from 1; 0 has all of them fail
//   FAULT_ERROR   the error number of that call; 0 kills the process before it, -1 right after it
//   FAULT_NOTE    a file that is made when it happens
//   GROWING       a file to which a line is added each time that it is opened, when it is read first
//   UNSUPPORTED   names of functions, between commas, that always fail as on a file system that has them not
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *disk_calls =
    "create,mkdir,mkdtemp,rename,renameat2,linkat,unlink,rmdir,write,fsync,chmod,chown,flock";

static int number(const char *name) {
  const char *text = getenv(name);
  return text ? atoi(text) : 0;
}

static int is_listed(const char *name, const char *list) {
  size_t length = strlen(name);
  for (const char *place = list; (place = strstr(place, name)); place += length) {
    int begins = place == list || place[-1] == ',';
    if (begins && (place[length] == 0 || place[length] == ',')) return 1;
  }
  return 0;
}

static void note(void) {
  static int (*next)(const char *, int, ...);
  if (!next) next = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
  const char *path = getenv("FAULT_NOTE");
  if (path) close(next(path, O_WRONLY | O_CREAT, 0644));
}

// What is to happen at this call: 0 nothing, 1 it fails, 2 the process ends after it.
static int fault(const char *name) {
  static atomic_int count;
  const char *unsupported = getenv("UNSUPPORTED"), *list = getenv("FAULT_CALLS");
  if (unsupported && is_listed(name, unsupported)) {
    errno = EINVAL;
    return 1;
  }
  if (!getenv("FAULT_AT") || !is_listed(name, list ? list : disk_calls)) return 0;
  int at = number("FAULT_AT"), call = atomic_fetch_add(&count, 1) + 1;
  if (at != 0 && call != at) return 0;
  note();
  int error = number("FAULT_ERROR");
  if (error == 0) kill(getpid(), SIGKILL);
  if (error < 0) return 2;
  errno = error;
  return 1;
}

#define NEXT(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))
#define INJECT(type, name, failed, parameters, arguments) \
  type name parameters {                                  \
    int what = fault(#name);                              \
    if (what == 1) return failed;                         \
    type result = NEXT(name) arguments;                   \
    if (what == 2) kill(getpid(), SIGKILL);               \
    return result;                                        \
  }

INJECT(int, mkdir, -1, (const char *path, mode_t mode), (path, mode))
INJECT(char *, mkdtemp, NULL, (char *pattern), (pattern))
INJECT(int, rename, -1, (const char *from, const char *to), (from, to))
INJECT(int, renameat2, -1, (int a, const char *from, int b, const char *to, unsigned flags),
       (a, from, b, to, flags))
INJECT(int, linkat, -1, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags))
INJECT(int, unlink, -1, (const char *path), (path))
INJECT(int, rmdir, -1, (const char *path), (path))
INJECT(int, fsync, -1, (int file), (file))
INJECT(int, chmod, -1, (const char *path, mode_t mode), (path, mode))
INJECT(int, chown, -1, (const char *path, uid_t user, gid_t group), (path, user, group))
INJECT(int, flock, -1, (int file, int how), (file, how))
INJECT(int, pipe, -1, (int ends[2]), (ends))
INJECT(int, pthread_create, errno,
       (pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *context),
       (thread, attributes, body, context))

ssize_t write(int file, const void *bytes, size_t count) {
  struct stat status;
  int is_file = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && file > 2;
  int what = is_file ? fault("write") : 0;
  if (what == 1) return -1;
  ssize_t result = NEXT(write)(file, bytes, count);
  if (what == 2) kill(getpid(), SIGKILL);
  return result;
}

static int growing = -1;

// Somebody adds a line to the file that is being read.
static void grow(void) {
  int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
  int file = next(getenv("GROWING"), O_WRONLY | O_APPEND);
  static int count;
  dprintf(file, "new%d,x,1\n", count++);
  close(file);
  growing = -1;
}

ssize_t read(int file, void *bytes, size_t count) {
  if (file >= 0 && file == growing) grow();
  return NEXT(read)(file, bytes, count);
}

static int open_file(const char *symbol, const char *path, int flags, mode_t mode) {
  int what = flags & O_CREAT ? fault("create") : fault("open");
  if (what == 1) return -1;
  int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, symbol);
  int file = next(path, flags, mode);
  const char *name = getenv("GROWING");
  if (name && strcmp(path, name) == 0) growing = file;
  if (what == 2) kill(getpid(), SIGKILL);
  return file;
}

#define OPEN(name)                                              \
  int name(const char *path, int flags, ...) {                  \
    va_list rest;                                               \
    va_start(rest, flags);                                      \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;   \
    va_end(rest);                                               \
    return open_file(#name, path, flags, mode);                 \
  }

OPEN(open)
OPEN(open64)
