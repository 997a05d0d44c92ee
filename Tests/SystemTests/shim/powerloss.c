/* A loss of power, for tests: what a program did not sync is gone.
 *
 * Killing a program never tests fsync, because the page cache outlives it. This shim remembers
 * what a folder would hold after a loss of power, and restores that:
 *
 *   cc -shared -fPIC -Wall -Wextra -Werror -O1 -o powerloss.so powerloss.c -ldl
 *
 *   LD_PRELOAD=…/powerloss.so POWERLOSS_FOLDER=/data POWERLOSS_SHADOW=/shadow  program …
 *   … kill -9 every program that runs under it …
 *   LD_PRELOAD=…/powerloss.so POWERLOSS_FOLDER=/data POWERLOSS_SHADOW=/shadow \
 *       POWERLOSS_RESTORE=1 /bin/true
 *
 * POWERLOSS_FOLDER exists and has no symbolic link in its path; POWERLOSS_SHADOW lies outside it
 * and is made when it is missing. What the folder holds when the first program starts counts as
 * synced. Several programs may share a folder; a restored one may be used on with the same shadow.
 *
 * The model is the most forgetful one that POSIX allows. The octets of a file survive as of the
 * last fsync or fdatasync of it, whichever descriptor that was; its name survives as of the last
 * fsync of its folder, so that a file which was created, renamed or removed without one appears,
 * keeps its old name, or comes back. A name without synced octets is an empty file. sync and
 * syncfs sync everything. msync, O_SYNC and sync_file_range count for nothing here, which is
 * stricter than the truth; SQLite maps only its -shm file, which it can lose.
 *
 * The shadow holds data/ID, the synced octets of a file; dir/ID, the synced names of a folder, one
 * a line: type, ID, name; and root, the ID of POWERLOSS_FOLDER. An ID is inode number and birth
 * time, since inode numbers are used again. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ID_SIZE = 80, DEPTH_MAX = 32, COPY_SIZE = 1 << 16 };

static char folder[PATH_MAX];
static char shadow[PATH_MAX];

static void fail(const char *what, const char *path) {
    dprintf(2, "powerloss: %s %s: %s\n", what, path, strerror(errno));
    _exit(120);
}

static int (*real(const char *name))(int) {
    int (*found)(int);
    void *symbol = dlsym(RTLD_NEXT, name);
    if (!symbol) fail("no such function", name);
    memcpy(&found, &symbol, sizeof found);
    return found;
}

/* Paths longer than PATH_MAX end the program rather than name another file. */
static void join(char out[PATH_MAX], const char *base, const char *kind, const char *name) {
    if (snprintf(out, PATH_MAX, "%s/%s%s", base, kind, name) >= PATH_MAX) {
        errno = ENAMETOOLONG;
        fail("path", base);
    }
}

static bool identify(int fd, char id[ID_SIZE], unsigned *mode) {
    struct statx st;
    if (statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &st) != 0) return false;
    snprintf(id, ID_SIZE, "%llu-%lld-%u", (unsigned long long)st.stx_ino,
             (long long)st.stx_btime.tv_sec, st.stx_btime.tv_nsec);
    *mode = st.stx_mode;
    return true;
}

/* Whether the descriptor's file is, or was before it was removed, in the folder. */
static bool inside(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return false;
    path[length] = 0;
    size_t prefix = strlen(folder);
    return strncmp(path, folder, prefix) == 0 && (path[prefix] == '/' || path[prefix] == 0);
}

static int lock_shadow(void) {
    char path[PATH_MAX];
    join(path, shadow, "", "lock");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || flock(fd, LOCK_EX) != 0) fail("lock", path);
    return fd;
}

static void copy_octets(int from, int to, const char *path) {
    static _Thread_local char buffer[COPY_SIZE];
    for (off_t at = 0;;) {
        ssize_t got = pread(from, buffer, sizeof buffer, at);
        if (got < 0) fail("read", path);
        if (got == 0) return;
        for (ssize_t done = 0; done < got;) {
            ssize_t put = write(to, buffer + done, (size_t)(got - done));
            if (put < 0) fail("write", path);
            done += put;
        }
        at += got;
    }
}

/* A record of the shadow is replaced whole, so that a kill in between leaves the one before. */
static int begin_record(char temporary[PATH_MAX]) {
    join(temporary, shadow, "", "new");
    int fd = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) fail("create", temporary);
    return fd;
}

static void end_record(int fd, const char *temporary, const char *kind, const char *id) {
    char path[PATH_MAX];
    join(path, shadow, kind, id);
    if (close(fd) != 0 || rename(temporary, path) != 0) fail("keep", path);
}

static void keep_octets(int fd, const char *id, unsigned mode) {
    char own[64], temporary[PATH_MAX];
    /* The caller's descriptor may be open for writing only. */
    snprintf(own, sizeof own, "/proc/self/fd/%d", fd);
    int from = open(own, O_RDONLY | O_CLOEXEC);
    if (from < 0) fail("open", own);
    int to = begin_record(temporary);
    copy_octets(from, to, id);
    if (fchmod(to, mode & 07777) != 0) fail("mode of", id);
    end_record(to, temporary, "data/", id);
    close(from);
}

static void keep_link(int folder_fd, const char *name, const char *id) {
    char target[PATH_MAX], temporary[PATH_MAX];
    ssize_t length = readlinkat(folder_fd, name, target, sizeof target);
    if (length < 0) return;
    int to = begin_record(temporary);
    if (write(to, target, (size_t)length) != length) fail("write", id);
    end_record(to, temporary, "data/", id);
}

static char type_of(unsigned mode) {
    return S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISREG(mode) ? 'f' : 0;
}

/* Keeps the names in a folder; `deep` keeps the octets and the folders below as well. */
static void keep_names(int fd, const char *id, unsigned mode, bool deep, int depth) {
    if (depth > DEPTH_MAX) {
        errno = ELOOP;
        fail("folders in", id);
    }
    int again = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = again < 0 ? NULL : fdopendir(again);
    if (!names) fail("list", id);
    char *table = NULL;
    size_t size = 0;
    FILE *lines = open_memstream(&table, &size);
    if (!lines) fail("list", id);
    fprintf(lines, "%o\n", mode & 07777);
    for (struct dirent *each; (each = readdir(names));) {
        if (!strcmp(each->d_name, ".") || !strcmp(each->d_name, "..")) continue;
        int child = openat(fd, each->d_name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
        char child_id[ID_SIZE];
        unsigned child_mode;
        if (child < 0) continue; /* removed in between */
        if (identify(child, child_id, &child_mode) && type_of(child_mode)) {
            fprintf(lines, "%c %s %s\n", type_of(child_mode), child_id, each->d_name);
            if (S_ISLNK(child_mode)) keep_link(fd, each->d_name, child_id);
            if (deep && S_ISREG(child_mode)) keep_octets(child, child_id, child_mode);
            if (deep && S_ISDIR(child_mode))
                keep_names(child, child_id, child_mode, true, depth + 1);
        }
        close(child);
    }
    closedir(names);
    if (fclose(lines) != 0) fail("list", id);
    char temporary[PATH_MAX];
    int to = begin_record(temporary);
    if (write(to, table, size) != (ssize_t)size) fail("write", id);
    free(table);
    end_record(to, temporary, "dir/", id);
}

/* What a sync of this descriptor makes durable goes into the shadow. */
static void keep(int fd) {
    char id[ID_SIZE];
    unsigned mode;
    if (!folder[0] || !inside(fd) || !identify(fd, id, &mode)) return;
    int lock = lock_shadow();
    if (S_ISREG(mode)) keep_octets(fd, id, mode);
    if (S_ISDIR(mode)) keep_names(fd, id, mode, false, 0);
    close(lock);
}

static void keep_everything(bool only_the_first_time) {
    char root[PATH_MAX], id[ID_SIZE], temporary[PATH_MAX];
    unsigned mode;
    int lock = lock_shadow();
    join(root, shadow, "", "root");
    if (!only_the_first_time || access(root, F_OK) != 0) {
        int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0 || !identify(fd, id, &mode)) fail("open", folder);
        keep_names(fd, id, mode, true, 0);
        close(fd);
        int to = begin_record(temporary);
        dprintf(to, "%s", id);
        end_record(to, temporary, "", "root");
    }
    close(lock);
}

static int run_and_keep(const char *name, int fd) {
    int result = real(name)(fd);
    int error = errno;
    if (result == 0) keep(fd);
    errno = error;
    return result;
}

int fsync(int fd) { return run_and_keep("fsync", fd); }

int fdatasync(int fd) { return run_and_keep("fdatasync", fd); }

int syncfs(int fd) {
    int result = real("syncfs")(fd);
    if (result == 0 && folder[0]) keep_everything(false);
    return result;
}

void sync(void) {
    if (folder[0]) keep_everything(false);
}

static void remove_below(const char *path, int depth) {
    DIR *names = opendir(path);
    if (!names || depth > DEPTH_MAX) fail("empty", path);
    for (struct dirent *each; (each = readdir(names));) {
        char child[PATH_MAX];
        struct stat st;
        if (!strcmp(each->d_name, ".") || !strcmp(each->d_name, "..")) continue;
        join(child, path, "", each->d_name);
        if (lstat(child, &st) != 0) fail("look at", child);
        if (S_ISDIR(st.st_mode)) remove_below(child, depth + 1);
        if (remove(child) != 0) fail("remove", child);
    }
    closedir(names);
}

static void restore_file(const char *id, const char *path) {
    char source[PATH_MAX];
    struct stat st = {.st_mode = 0600};
    join(source, shadow, "data/", id);
    int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to < 0) fail("create", path);
    int from = open(source, O_RDONLY | O_CLOEXEC);
    if (from >= 0) {
        copy_octets(from, to, path);
        if (fstat(from, &st) != 0) fail("look at", source);
        close(from);
    }
    if (fchmod(to, st.st_mode & 07777) != 0 || close(to) != 0) fail("restore", path);
}

static void restore_link(const char *id, const char *path) {
    char source[PATH_MAX], target[PATH_MAX] = {0};
    join(source, shadow, "data/", id);
    int from = open(source, O_RDONLY | O_CLOEXEC);
    if (from < 0 || read(from, target, sizeof target - 1) < 0) fail("read", source);
    close(from);
    if (symlink(target, path) != 0) fail("link", path);
}

/* A folder whose own names were never synced comes back empty. */
static void restore_names(const char *id, const char *path) {
    char source[PATH_MAX], line[PATH_MAX + ID_SIZE];
    join(source, shadow, "dir/", id);
    FILE *table = fopen(source, "re");
    if (!table) return;
    if (fgets(line, sizeof line, table)) chmod(path, (mode_t)strtoul(line, NULL, 8));
    while (fgets(line, sizeof line, table)) {
        char type, child_id[ID_SIZE], child[PATH_MAX];
        int name_at = 0;
        line[strcspn(line, "\n")] = 0;
        if (sscanf(line, "%c %79s %n", &type, child_id, &name_at) != 2 || !name_at)
            fail("damaged table", source);
        join(child, path, "", line + name_at);
        if (type == 'f') restore_file(child_id, child);
        if (type == 'l') restore_link(child_id, child);
        if (type == 'd') {
            if (mkdir(child, 0700) != 0) fail("create", child);
            restore_names(child_id, child);
        }
    }
    fclose(table);
}

static void empty_shadow(void) {
    const char *kinds[] = {"data", "dir"};
    char path[PATH_MAX];
    for (int i = 0; i < 2; i++) {
        join(path, shadow, "", kinds[i]);
        remove_below(path, 0);
    }
}

/* The restored files are new ones with new IDs; all of them count as synced. */
static void restore(void) {
    char path[PATH_MAX], id[ID_SIZE] = {0};
    join(path, shadow, "", "root");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || read(fd, id, sizeof id - 1) <= 0) fail("read", path);
    close(fd);
    remove_below(folder, 0);
    restore_names(id, folder);
    empty_shadow();
    keep_everything(false);
}

__attribute__((constructor)) static void start(void) {
    const char *named = getenv("POWERLOSS_FOLDER"), *kept = getenv("POWERLOSS_SHADOW");
    char path[PATH_MAX];
    if (!named || !kept) return;
    if (!realpath(named, folder)) fail("no folder", named);
    if (snprintf(shadow, sizeof shadow, "%s", kept) >= (int)sizeof shadow) fail("path", kept);
    mkdir(shadow, 0700);
    join(path, shadow, "", "data");
    mkdir(path, 0700);
    join(path, shadow, "", "dir");
    mkdir(path, 0700);
    if (getenv("POWERLOSS_RESTORE")) {
        restore();
        _exit(0);
    }
    keep_everything(true);
}
