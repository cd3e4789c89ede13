/* SPDX-License-Identifier: MIT
 * Preloaded into a host: makes calls of one class fail, from the n-th on, k times in a row. After
 * that the system is well again. Calls count from focus_faults_begin() on, so that what the loader
 * does before main() is left alone.
 *
 *   FOCUS_FAULT_CLASS  memory, thread, open, read, write, sync, name (rename, link, unlink, mkdir,
 * ftruncate), sqlite or engine (asked by the host itself) FOCUS_FAULT_AT     the first call that
 * fails; 0 or absent: none, calls are only counted FOCUS_FAULT_TIMES  how many in a row (1)
 *   FOCUS_FAULT_PATH   files are concerned whose path contains this; no others
 *   FOCUS_FAULT_TRACE  set: the stack of each failing call goes to standard error
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* The classes, in the order of `calls`. */
static const char *const kClasses[] = {"memory", "thread", "open",   "read",  "write",
                                       "sync",   "name",   "sqlite", "engine"};
enum { kClassCount = sizeof kClasses / sizeof kClasses[0] };

static const char *fault_class = "";
static const char *fault_path = "/";
static long first_fault;
static long fault_times = 1;
static int traces;
static atomic_int is_begun;
static atomic_long calls[kClassCount];
static __thread int inside; /* the shim's own calls never fail */

void focus_faults_begin(void);
void focus_faults_end(void);
long focus_faults_count(int number, const char **name);
int focus_faults_hit(const char *name);

void focus_faults_begin(void) {
  const char *text = getenv("FOCUS_FAULT_CLASS");
  if (text != NULL) fault_class = text;
  if ((text = getenv("FOCUS_FAULT_AT")) != NULL) first_fault = atol(text);
  if ((text = getenv("FOCUS_FAULT_TIMES")) != NULL) fault_times = atol(text);
  if ((text = getenv("FOCUS_FAULT_PATH")) != NULL) fault_path = text;
  traces = getenv("FOCUS_FAULT_TRACE") != NULL;
  void *warm[4]; /* loads what backtrace() needs, outside of malloc */
  if (traces) backtrace(warm, 4);
  atomic_store(&is_begun, 1);
}

/* Ends the faults, and the counting. */
void focus_faults_end(void) { atomic_store(&is_begun, 0); }

/* How many calls of class `number` were counted; -1 where there is no such class. */
long focus_faults_count(int number, const char **name) {
  if (number < 0 || number >= kClassCount) return -1;
  *name = kClasses[number];
  return atomic_load(&calls[number]);
}

/* Whether this call, of class `name`, is to fail. */
int focus_faults_hit(const char *name) {
  int class = 0;
  if (!atomic_load(&is_begun) || inside) return 0;
  while (strcmp(kClasses[class], name) != 0) ++class;
  const long number = atomic_fetch_add(&calls[class], 1) + 1;
  if (strcmp(fault_class, name) != 0) return 0;
  if (first_fault <= 0 || number < first_fault || number >= first_fault + fault_times) return 0;
  if (traces) {
    inside = 1;
    void *frames[48];
    char line[64];
    const int length = snprintf(line, sizeof line, "-- %s call %ld fails\n", name, number);
    if (write(2, line, (size_t)length) > 0) backtrace_symbols_fd(frames, backtrace(frames, 48), 2);
    inside = 0;
  }
  return 1;
}

static int concerns_path(const char *path) { return strstr(path, fault_path) != NULL; }

static int concerns_file(int descriptor) {
  struct stat found;
  char link[64], path[1024];
  if (!atomic_load(&is_begun) || inside || descriptor < 3) return 0;
  if (fstat(descriptor, &found) != 0 || !(S_ISREG(found.st_mode) || S_ISDIR(found.st_mode)))
    return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return concerns_path(path);
}

static int fails(const char *name, int error) {
  if (!focus_faults_hit(name)) return 0;
  errno = error;
  return 1;
}

/* The function that this one stands before. */
#define REAL(name)                             \
  static __typeof__(&name) real;               \
  if (real == NULL) {                          \
    inside = 1;                                \
    *(void **)&real = dlsym(RTLD_NEXT, #name); \
    inside = 0;                                \
  }

/* ---- memory */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) { return fails("memory", ENOMEM) ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) {
  return fails("memory", ENOMEM) ? NULL : __libc_calloc(count, size);
}
void *realloc(void *memory, size_t size) {
  return fails("memory", ENOMEM) ? NULL : __libc_realloc(memory, size);
}
void *aligned_alloc(size_t alignment, size_t size) {
  return fails("memory", ENOMEM) ? NULL : __libc_memalign(alignment, size);
}
int posix_memalign(void **memory, size_t alignment, size_t size) {
  if (fails("memory", ENOMEM)) return ENOMEM;
  *memory = __libc_memalign(alignment, size);
  return *memory != NULL ? 0 : ENOMEM;
}

/* ---- threads */

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *),
                   void *argument) {
  REAL(pthread_create)
  return focus_faults_hit("thread") ? EAGAIN : real(thread, attributes, body, argument);
}

/* ---- files */

#define OPEN(name)                                                                   \
  int name(const char *path, int flags, ...) {                                       \
    va_list more;                                                                    \
    va_start(more, flags);                                                           \
    const mode_t mode = va_arg(more, mode_t);                                        \
    va_end(more);                                                                    \
    REAL(name)                                                                       \
    return concerns_path(path) && fails("open", EIO) ? -1 : real(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                         \
  int name(int folder, const char *path, int flags, ...) {                                   \
    va_list more;                                                                            \
    va_start(more, flags);                                                                   \
    const mode_t mode = va_arg(more, mode_t);                                                \
    va_end(more);                                                                            \
    REAL(name)                                                                               \
    return concerns_path(path) && fails("open", EIO) ? -1 : real(folder, path, flags, mode); \
  }
OPENAT(openat)
OPENAT(openat64)

FILE *fopen(const char *path, const char *mode) {
  REAL(fopen)
  return concerns_path(path) && fails("open", EIO) ? NULL : real(path, mode);
}
FILE *fopen64(const char *path, const char *mode) {
  REAL(fopen64)
  return concerns_path(path) && fails("open", EIO) ? NULL : real(path, mode);
}

ssize_t read(int file, void *to, size_t count) {
  REAL(read)
  return concerns_file(file) && fails("read", EIO) ? -1 : real(file, to, count);
}
ssize_t pread(int file, void *to, size_t count, off_t at) {
  REAL(pread)
  return concerns_file(file) && fails("read", EIO) ? -1 : real(file, to, count, at);
}
ssize_t pread64(int file, void *to, size_t count, off64_t at) {
  REAL(pread64)
  return concerns_file(file) && fails("read", EIO) ? -1 : real(file, to, count, at);
}
ssize_t write(int file, const void *from, size_t count) {
  REAL(write)
  return concerns_file(file) && fails("write", EIO) ? -1 : real(file, from, count);
}
ssize_t writev(int file, const struct iovec *from, int count) {
  REAL(writev)
  return concerns_file(file) && fails("write", EIO) ? -1 : real(file, from, count);
}
ssize_t pwrite(int file, const void *from, size_t count, off_t at) {
  REAL(pwrite)
  return concerns_file(file) && fails("write", EIO) ? -1 : real(file, from, count, at);
}
ssize_t pwrite64(int file, const void *from, size_t count, off64_t at) {
  REAL(pwrite64)
  return concerns_file(file) && fails("write", EIO) ? -1 : real(file, from, count, at);
}
int fsync(int file) {
  REAL(fsync)
  return concerns_file(file) && fails("sync", EIO) ? -1 : real(file);
}
int fdatasync(int file) {
  REAL(fdatasync)
  return concerns_file(file) && fails("sync", EIO) ? -1 : real(file);
}
int rename(const char *from, const char *to) {
  REAL(rename)
  return concerns_path(to) && fails("name", EIO) ? -1 : real(from, to);
}
int link(const char *from, const char *to) {
  REAL(link)
  return concerns_path(to) && fails("name", EIO) ? -1 : real(from, to);
}
int unlink(const char *path) {
  REAL(unlink)
  return concerns_path(path) && fails("name", EIO) ? -1 : real(path);
}
int mkdir(const char *path, mode_t mode) {
  REAL(mkdir)
  return concerns_path(path) && fails("name", EIO) ? -1 : real(path, mode);
}
int ftruncate(int file, off_t length) {
  REAL(ftruncate)
  return concerns_file(file) && fails("name", EIO) ? -1 : real(file, length);
}
int ftruncate64(int file, off64_t length) {
  REAL(ftruncate64)
  return concerns_file(file) && fails("name", EIO) ? -1 : real(file, length);
}

/* ---- SQLite: I/O errors, as it reports those of its own files */

#define SQLITE_IOERR 10
struct sqlite3;
struct sqlite3_stmt;
int sqlite3_step(struct sqlite3_stmt *statement);
int sqlite3_prepare_v2(struct sqlite3 *database, const char *sql, int length,
                       struct sqlite3_stmt **statement, const char **tail);
int sqlite3_exec(struct sqlite3 *database, const char *sql,
                 int (*row)(void *, int, char **, char **), void *argument, char **message);

int sqlite3_step(struct sqlite3_stmt *statement) {
  REAL(sqlite3_step)
  return focus_faults_hit("sqlite") ? SQLITE_IOERR : real(statement);
}
int sqlite3_prepare_v2(struct sqlite3 *database, const char *sql, int length,
                       struct sqlite3_stmt **statement, const char **tail) {
  REAL(sqlite3_prepare_v2)
  if (!focus_faults_hit("sqlite")) return real(database, sql, length, statement, tail);
  *statement = NULL;
  return SQLITE_IOERR;
}
int sqlite3_exec(struct sqlite3 *database, const char *sql,
                 int (*row)(void *, int, char **, char **), void *argument, char **message) {
  REAL(sqlite3_exec)
  return focus_faults_hit("sqlite") ? SQLITE_IOERR : real(database, sql, row, argument, message);
}
