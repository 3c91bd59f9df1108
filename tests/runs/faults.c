/* Preloaded into a process, lets one of its writes, syncs or renames below a folder fail, as a broken disk would.
 *
 * FAULTS_BELOW is the folder, FAULTS_AT says which call fails, counted from 1. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;

static int is_below(const char *path) {
    const char *folder = getenv("FAULTS_BELOW");
    return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_open_below(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

/* Whether this call is the one; errno is set then. */
static int fails(void) {
    const char *at = getenv("FAULTS_AT");
    if (!at || atomic_fetch_add(&calls, 1) + 1 != atol(at)) return 0;
    errno = EIO;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count) {
    return is_open_below(fd) && fails() ? -1 : REAL(write)(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    return is_open_below(fd) && fails() ? -1 : REAL(writev)(fd, parts, count);
}

int fsync(int fd) { return is_open_below(fd) && fails() ? -1 : REAL(fsync)(fd); }

int fdatasync(int fd) { return is_open_below(fd) && fails() ? -1 : REAL(fdatasync)(fd); }

int rename(const char *from, const char *to) { return is_below(to) && fails() ? -1 : REAL(rename)(from, to); }
