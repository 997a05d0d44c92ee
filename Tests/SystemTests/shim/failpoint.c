/* A crash or a fault of the disk at a chosen call, for tests.
 *
 * Counts the calls by which a program changes the files of a folder, by what they do and to which
 * files, over all of its threads, and at the n-th of one kind kills the program or fails the call.
 * strace -e inject counts by thread, and cannot tell a file's write from a socket's.
 *
 *   cc -shared -fPIC -Wall -Wextra -Werror -O1 -o failpoint.so failpoint.c -ldl
 *
 *   LD_PRELOAD=…/failpoint.so FAILPOINT_FOLDER=/data FAILPOINT_LOG=/log FAILPOINT_ARM=/arm
 *       FAILPOINT_STEP='fsync /log' FAILPOINT_AT=2 FAILPOINT_MODE=before program …
 *
 * FAILPOINT_FOLDER has no symbolic link in its path. Calls count once FAILPOINT_ARM exists. Each
 * is a line of FAILPOINT_LOG, the step: write, fsync, truncate or rename, and the place below the
 * folder, of a rename the new one; the chosen one ends in ` HIT`. The place of a folder is its
 * path, that of a file its folder's with a slash, since temporary files have random names, but in
 * council/store its own; all below log/tile is one. FAILPOINT_AT=0 chooses none. The modes are
 * before (the call is not made, SIGKILL), after (it is made, SIGKILL), EIO and ENOSPC (it is not
 * made and fails so). Before powerloss.so in LD_PRELOAD, what was synced by then survives. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { LINE_SIZE = PATH_MAX + 64 };

static char folder[PATH_MAX];
static const char *arm, *mode, *step;
static int log_fd = -1;
static long chosen;
static atomic_long count;

static void *real(const char *name) {
    void *symbol = dlsym(RTLD_NEXT, name);
    if (!symbol) _exit(121);
    return symbol;
}

static bool is_inside(const char *path) {
    size_t prefix = strlen(folder);
    return prefix && !strncmp(path, folder, prefix) && path[prefix] == '/';
}

static void name_place(char out[PATH_MAX], const char *path) {
    static const char store[] = "/council/store/", tiles[] = "/log/tile";
    const char *below = path + strlen(folder);
    struct stat st;
    bool is_folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    snprintf(out, PATH_MAX, "%s", below);
    if (!strncmp(below, store, sizeof store - 1)) return;
    char *last = strrchr(out, '/');
    if (!is_folder && last) last[1] = 0;
    if (!strncmp(below, tiles, sizeof tiles - 1))
        snprintf(out, PATH_MAX, "%s%s", tiles, is_folder ? "" : "/");
}

/* Counts a call. Returns 0 to make it, 1 to make it and end, an errno to fail it. */
static int judge(const char *call, const char *path) {
    char place[PATH_MAX], line[LINE_SIZE];
    if (!is_inside(path) && strcmp(path, folder)) return 0;
    if (access(arm, F_OK) != 0) return 0;
    name_place(place, path);
    snprintf(line, sizeof line, "%s %s", call, place);
    bool hit = !strcmp(line, step) && atomic_fetch_add(&count, 1) + 1 == chosen;
    size_t length = strlen(line);
    length += (size_t)snprintf(line + length, sizeof line - length, "%s\n", hit ? " HIT" : "");
    ssize_t (*put)(int, const void *, size_t) = real("write");
    if (put(log_fd, line, length) != (ssize_t)length) _exit(122);
    if (!hit) return 0;
    if (!strcmp(mode, "before")) raise(SIGKILL);
    if (!strcmp(mode, "EIO")) return EIO;
    if (!strcmp(mode, "ENOSPC")) return ENOSPC;
    return 1;
}

static int judge_fd(const char *call, int fd) {
    char link[64], path[PATH_MAX];
    if (!folder[0]) return 0;
    int error = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    int verdict = 0;
    if (length > 0) {
        path[length] = 0;
        verdict = judge(call, path);
    }
    errno = error;
    return verdict;
}

#define FAILPOINT(call, judged, failure, ...)                                                      \
    int verdict = judged;                                                                          \
    if (verdict > 1) {                                                                             \
        errno = verdict;                                                                           \
        return failure;                                                                            \
    }                                                                                              \
    __typeof__(call(__VA_ARGS__)) result = function(__VA_ARGS__);                                  \
    if (verdict == 1) raise(SIGKILL);                                                              \
    return result

ssize_t write(int fd, const void *octets, size_t size) {
    ssize_t (*function)(int, const void *, size_t) = real("write");
    FAILPOINT(write, judge_fd("write", fd), -1, fd, octets, size);
}

ssize_t pwrite(int fd, const void *octets, size_t size, off_t at) {
    ssize_t (*function)(int, const void *, size_t, off_t) = real("pwrite");
    FAILPOINT(pwrite, judge_fd("write", fd), -1, fd, octets, size, at);
}

ssize_t pwrite64(int fd, const void *octets, size_t size, off64_t at) {
    ssize_t (*function)(int, const void *, size_t, off64_t) = real("pwrite64");
    FAILPOINT(pwrite64, judge_fd("write", fd), -1, fd, octets, size, at);
}

int fsync(int fd) {
    int (*function)(int) = real("fsync");
    FAILPOINT(fsync, judge_fd("fsync", fd), -1, fd);
}

int fdatasync(int fd) {
    int (*function)(int) = real("fdatasync");
    FAILPOINT(fdatasync, judge_fd("fsync", fd), -1, fd);
}

int ftruncate(int fd, off_t length) {
    int (*function)(int, off_t) = real("ftruncate");
    FAILPOINT(ftruncate, judge_fd("truncate", fd), -1, fd, length);
}

int ftruncate64(int fd, off64_t length) {
    int (*function)(int, off64_t) = real("ftruncate64");
    FAILPOINT(ftruncate64, judge_fd("truncate", fd), -1, fd, length);
}

int rename(const char *from, const char *to) {
    int (*function)(const char *, const char *) = real("rename");
    FAILPOINT(rename, folder[0] ? judge("rename", to) : 0, -1, from, to);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to) {
    int (*function)(int, const char *, int, const char *) = real("renameat");
    FAILPOINT(renameat, folder[0] ? judge("rename", to) : 0, -1, from_fd, from, to_fd, to);
}

__attribute__((constructor)) static void start(void) {
    const char *named = getenv("FAILPOINT_FOLDER"), *log = getenv("FAILPOINT_LOG"),
               *at = getenv("FAILPOINT_AT");
    arm = getenv("FAILPOINT_ARM");
    mode = getenv("FAILPOINT_MODE");
    step = getenv("FAILPOINT_STEP");
    if (!named || !log || !at || !arm || !mode || !step) return;
    chosen = atol(at);
    log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_fd < 0 || !realpath(named, folder)) _exit(120);
}
