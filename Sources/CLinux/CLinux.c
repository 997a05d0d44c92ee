#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CLinux.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/stat.h>

static struct sockaddr_in *as4(struct clinux_address *a) {
    return (struct sockaddr_in *)&a->storage;
}

static struct sockaddr_in6 *as6(struct clinux_address *a) {
    return (struct sockaddr_in6 *)&a->storage;
}

/// The four octets of an IPv4 or IPv4-mapped address, or NULL.
static const uint8_t *octets4(const struct clinux_address *a) {
    if (a->storage.ss_family == AF_INET) {
        return (const uint8_t *)&((const struct sockaddr_in *)&a->storage)->sin_addr;
    }
    if (a->storage.ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&a->storage;
        if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr)) return &six->sin6_addr.s6_addr[12];
    }
    return NULL;
}

int clinux_address_parse(const char *text, uint16_t port, struct clinux_address *address) {
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, text, &as4(address)->sin_addr) == 1) {
        as4(address)->sin_family = AF_INET;
        as4(address)->sin_port = htons(port);
        address->length = sizeof(struct sockaddr_in);
        return 0;
    }
    if (inet_pton(AF_INET6, text, &as6(address)->sin6_addr) == 1) {
        as6(address)->sin6_family = AF_INET6;
        as6(address)->sin6_port = htons(port);
        address->length = sizeof(struct sockaddr_in6);
        return 0;
    }
    return -EINVAL;
}

int clinux_address_make(
    const uint8_t *octets, size_t count, uint16_t port, struct clinux_address *address) {
    memset(address, 0, sizeof *address);
    if (count == 4) {
        memcpy(&as4(address)->sin_addr, octets, 4);
        as4(address)->sin_family = AF_INET;
        as4(address)->sin_port = htons(port);
        address->length = sizeof(struct sockaddr_in);
        return 0;
    }
    if (count != 16) return -EINVAL;
    memcpy(&as6(address)->sin6_addr, octets, 16);
    as6(address)->sin6_family = AF_INET6;
    as6(address)->sin6_port = htons(port);
    address->length = sizeof(struct sockaddr_in6);
    return 0;
}

int clinux_address_unix(const char *path, size_t length, struct clinux_address *address) {
    struct sockaddr_un *local = (struct sockaddr_un *)&address->storage;
    memset(address, 0, sizeof *address);
    if (length == 0 || length >= sizeof local->sun_path) return -ENAMETOOLONG;
    local->sun_family = AF_UNIX;
    memcpy(local->sun_path, path, length);
    address->length = (uint32_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
    return 0;
}

int clinux_address_host(const struct clinux_address *address, char *text, size_t capacity) {
    const uint8_t *four = octets4(address);
    const char *written = NULL;
    if (four != NULL) {
        written = inet_ntop(AF_INET, four, text, (socklen_t)capacity);
    } else if (address->storage.ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address->storage;
        written = inet_ntop(AF_INET6, &six->sin6_addr, text, (socklen_t)capacity);
    }
    return written == NULL ? 0 : (int)strlen(text);
}

int clinux_address_path(const struct clinux_address *address, uint8_t *path, size_t capacity) {
    const struct sockaddr_un *local = (const struct sockaddr_un *)&address->storage;
    size_t length;
    if (address->storage.ss_family != AF_UNIX) return 0;
    length = strnlen(local->sun_path, sizeof local->sun_path);
    if (length > capacity) return 0;
    memcpy(path, local->sun_path, length);
    return (int)length;
}

uint16_t clinux_address_port(const struct clinux_address *address) {
    if (address->storage.ss_family == AF_INET) {
        return ntohs(((const struct sockaddr_in *)&address->storage)->sin_port);
    }
    if (address->storage.ss_family == AF_INET6) {
        return ntohs(((const struct sockaddr_in6 *)&address->storage)->sin6_port);
    }
    return 0;
}

int clinux_address_family(const struct clinux_address *address) {
    if (octets4(address) != NULL) return 4;
    return address->storage.ss_family == AF_INET6 ? 6 : 1;
}

int clinux_address_equal(const struct clinux_address *a, const struct clinux_address *b) {
    const uint8_t *four_a = octets4(a), *four_b = octets4(b);
    if (clinux_address_port(a) != clinux_address_port(b)) return 0;
    if (four_a != NULL && four_b != NULL) return memcmp(four_a, four_b, 4) == 0;
    if (four_a != NULL || four_b != NULL) return 0;
    if (a->storage.ss_family != b->storage.ss_family) return 0;
    if (a->storage.ss_family == AF_INET6) {
        return memcmp(
                   &((const struct sockaddr_in6 *)&a->storage)->sin6_addr,
                   &((const struct sockaddr_in6 *)&b->storage)->sin6_addr, 16) == 0;
    }
    return a->length == b->length && memcmp(&a->storage, &b->storage, a->length) == 0;
}

void clinux_address_octets(const struct clinux_address *address, uint8_t *octets) {
    const uint8_t *four = octets4(address);
    if (four != NULL) {
        memcpy(octets, four, 4);
    } else if (address->storage.ss_family == AF_INET6) {
        memcpy(octets, &((const struct sockaddr_in6 *)&address->storage)->sin6_addr, 16);
    }
}

uint64_t clinux_address_network(const struct clinux_address *address) {
    uint8_t octets[16] = {0};
    uint64_t high = 0;
    int family = clinux_address_family(address);
    if (family == 1) return 0;
    clinux_address_octets(address, octets);
    for (int index = 0; index < (family == 4 ? 4 : 8); index += 1) {
        high = high << 8 | octets[index];
    }
    // The families apart, and no address at 0.
    return family == 4 ? high | (uint64_t)1 << 40 : high ^ ((uint64_t)1 << 63 | 1);
}

int clinux_address_link_local(const struct clinux_address *address) {
    const uint8_t *four = octets4(address);
    if (four != NULL) return four[0] == 169 && four[1] == 254;
    if (address->storage.ss_family != AF_INET6) return 0;
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address->storage;
    return IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr) ? 1 : 0;
}

int clinux_address_unspecified(const struct clinux_address *address) {
    const uint8_t *four = octets4(address);
    // All of 0.0.0.0/8 reaches this host on Linux in one way or another.
    if (four != NULL) return four[0] == 0;
    if (address->storage.ss_family != AF_INET6) return 0;
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address->storage;
    return IN6_IS_ADDR_UNSPECIFIED(&six->sin6_addr) ? 1 : 0;
}

int clinux_resolve(const char *name, uint16_t port, struct clinux_address *out, int capacity) {
    struct addrinfo hints, *found = NULL;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    int code = getaddrinfo(name, NULL, &hints, &found);
    if (code != 0) return code < 0 ? code : -code;
    int count = 0;
    for (struct addrinfo *each = found; each != NULL && count < capacity; each = each->ai_next) {
        if (each->ai_addrlen > sizeof out[count].storage) continue;
        memset(&out[count], 0, sizeof out[count]);
        memcpy(&out[count].storage, each->ai_addr, each->ai_addrlen);
        out[count].length = (uint32_t)each->ai_addrlen;
        if (each->ai_family == AF_INET) as4(&out[count])->sin_port = htons(port);
        if (each->ai_family == AF_INET6) as6(&out[count])->sin6_port = htons(port);
        count += 1;
    }
    freeaddrinfo(found);
    return count;
}

static int failed(int descriptor) {
    int code = errno;
    if (descriptor >= 0) (void)close(descriptor);
    return -code;
}

int clinux_listen(const struct clinux_address *address, int reuse_port, int backlog) {
    int one = 1, family = address->storage.ss_family;
    int descriptor = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    if (family != AF_UNIX) {
        if (setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0) {
            return failed(descriptor);
        }
        if (reuse_port &&
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) != 0) {
            return failed(descriptor);
        }
    }
    if (bind(descriptor, (const struct sockaddr *)&address->storage, address->length) != 0) {
        return failed(descriptor);
    }
    if (listen(descriptor, backlog) != 0) return failed(descriptor);
    return descriptor;
}

int clinux_connect(const struct clinux_address *address, int *pending) {
    int one = 1, family = address->storage.ss_family;
    int descriptor = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    *pending = 0;
    if (descriptor < 0) return -errno;
    if (family != AF_UNIX) {
        (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    }
    if (connect(descriptor, (const struct sockaddr *)&address->storage, address->length) == 0) {
        return descriptor;
    }
    if (errno == EINPROGRESS || errno == EINTR) {
        *pending = 1;
        return descriptor;
    }
    return failed(descriptor);
}

int clinux_local_address(int descriptor, struct clinux_address *address) {
    socklen_t length = sizeof address->storage;
    memset(address, 0, sizeof *address);
    if (getsockname(descriptor, (struct sockaddr *)&address->storage, &length) != 0) {
        return -errno;
    }
    address->length = length;
    return 0;
}

int clinux_socket_error(int descriptor) {
    int code = 0;
    socklen_t length = sizeof code;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) != 0) return -errno;
    return -code;
}

int clinux_accept(int listener, struct clinux_address *peer) {
    int one = 1;
    socklen_t length = sizeof peer->storage;
    peer->storage.ss_family = AF_UNSPEC;
    int descriptor = accept4(
        listener, (struct sockaddr *)&peer->storage, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) return -errno;
    peer->length = length;
    if (peer->storage.ss_family == AF_INET || peer->storage.ss_family == AF_INET6) {
        (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        clinux_set_unsent(descriptor, CLINUX_UNSENT_FIRST);
    }
    return descriptor;
}

void clinux_set_unsent(int descriptor, int octets) {
    (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &octets, sizeof octets);
}

void clinux_ignore_sigpipe(void) {
    (void)signal(SIGPIPE, SIG_IGN);
}

int64_t clinux_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
    if (limit.rlim_cur < limit.rlim_max) {
        rlim_t former = limit.rlim_cur;
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = former;
    }
    return limit.rlim_cur > INT32_MAX ? INT32_MAX : (int64_t)limit.rlim_cur;
}

int clinux_thread(const char *name, void *(*body)(void *), void *argument) {
    pthread_t thread;
    pthread_attr_t attributes;
    int code = pthread_attr_init(&attributes);
    if (code != 0) return -code;
    (void)pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    code = pthread_create(&thread, &attributes, body, argument);
    (void)pthread_attr_destroy(&attributes);
    if (code != 0) return -code;
    (void)pthread_setname_np(thread, name);
    return 0;
}

static int wait_for(int descriptor, short what, int timeout_ms) {
    struct pollfd one = {.fd = descriptor, .events = what, .revents = 0};
    int count;
    do { count = poll(&one, 1, timeout_ms); } while (count < 0 && errno == EINTR);
    return count > 0 ? 1 : 0;
}

int clinux_wait_readable(int descriptor, int timeout_ms) {
    return wait_for(descriptor, POLLIN, timeout_ms);
}

int clinux_wait_writable(int descriptor, int timeout_ms) {
    return wait_for(descriptor, POLLOUT, timeout_ms);
}

int clinux_unix_clear(const struct clinux_address *address) {
    const char *path = ((const struct sockaddr_un *)&address->storage)->sun_path;
    struct stat found;
    int descriptor, code;
    if (lstat(path, &found) != 0) return errno == ENOENT ? 0 : -errno;
    if (!S_ISSOCK(found.st_mode)) return -EEXIST;
    descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    code = connect(descriptor, (const struct sockaddr *)&address->storage, address->length) == 0
               ? 0
               : errno;
    (void)close(descriptor);
    if (code != ECONNREFUSED) return code == 0 || code == EAGAIN ? -EADDRINUSE : -code;
    return unlink(path) == 0 || errno == ENOENT ? 0 : -errno;
}

int clinux_unix_remove(const struct clinux_address *address) {
    const char *path = ((const struct sockaddr_un *)&address->storage)->sun_path;
    return unlink(path) == 0 ? 0 : -errno;
}

int clinux_unix_private(const struct clinux_address *address) {
    const char *path = ((const struct sockaddr_un *)&address->storage)->sun_path;
    return chmod(path, 0600) == 0 ? 0 : -errno;
}

int clinux_duplicate(int descriptor) {
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    return copy >= 0 ? copy : -errno;
}

int clinux_is_listening(int descriptor) {
    int listens = 0, type = 0;
    socklen_t length = sizeof listens;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) != 0) return 0;
    length = sizeof type;
    if (getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &length) != 0) return 0;
    return listens == 1 && type == SOCK_STREAM ? 1 : 0;
}

int clinux_pass(int connection, const int *descriptors, int count) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int) * CLINUX_PASSED_MAX)];
    } control;
    char octet = 0;
    struct iovec part = {.iov_base = &octet, .iov_len = 1};
    struct msghdr message;
    if (count < 1 || count > CLINUX_PASSED_MAX) return -EINVAL;
    memset(&control, 0, sizeof control);
    memset(&message, 0, sizeof message);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.space;
    message.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count);
    memcpy(CMSG_DATA(header), descriptors, sizeof(int) * (size_t)count);
    for (;;) {
        struct pollfd one = {.fd = connection, .events = POLLOUT, .revents = 0};
        ssize_t sent = sendmsg(connection, &message, MSG_NOSIGNAL);
        if (sent == 1) return 0;
        if (sent < 0 && errno != EINTR && errno != EAGAIN) return -errno;
        if (poll(&one, 1, 5000) == 0) return -ETIMEDOUT;
    }
}

int clinux_take(int connection, int *descriptors, int capacity) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int) * CLINUX_PASSED_MAX)];
    } control;
    char octet;
    struct iovec part = {.iov_base = &octet, .iov_len = 1};
    struct msghdr message;
    ssize_t got;
    int count = 0;
    memset(&message, 0, sizeof message);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.space;
    message.msg_controllen = sizeof control.space;
    do { got = recvmsg(connection, &message, MSG_CMSG_CLOEXEC); } while (got < 0 && errno == EINTR);
    if (got < 0) return -errno;
    for (struct cmsghdr *each = CMSG_FIRSTHDR(&message); each != NULL;
         each = CMSG_NXTHDR(&message, each)) {
        if (each->cmsg_level != SOL_SOCKET || each->cmsg_type != SCM_RIGHTS) continue;
        int passed = (int)((each->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        for (int index = 0; index < passed; index += 1) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(each) + sizeof(int) * (size_t)index, sizeof descriptor);
            if (count < capacity) descriptors[count++] = descriptor;
            else (void)close(descriptor);
        }
    }
    return count;
}

int clinux_inotify(void) {
    int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    return descriptor >= 0 ? descriptor : -errno;
}

int clinux_inotify_watch(int inotify, const char *folder) {
    uint32_t events = IN_MOVED_TO | IN_CLOSE_WRITE | IN_ONLYDIR;
    return inotify_add_watch(inotify, folder, events) < 0 ? -errno : 0;
}

void clinux_inotify_drain(int inotify) {
    char events[4096];
    ssize_t got;
    do {
        got = read(inotify, events, sizeof events);
    } while (got > 0 || (got < 0 && errno == EINTR));
}

int64_t clinux_write(int descriptor, const void *base, size_t count) {
    for (;;) {
        ssize_t n = write(descriptor, base, count);
        if (n >= 0) return n;
        if (errno == EAGAIN) (void)wait_for(descriptor, POLLOUT, 1000);
        else if (errno != EINTR) return -(int64_t)errno;
    }
}

int clinux_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return -errno;
    // Best effort: the system allows an ordinary user only so many pages in all pipes.
    (void)fcntl(ends[1], F_SETPIPE_SZ, CLINUX_PIPE_OCTETS);
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}

int64_t clinux_read(int descriptor, void *base, size_t count) {
    for (;;) {
        ssize_t n = read(descriptor, base, count);
        if (n >= 0) return n;
        if (errno == EAGAIN) (void)wait_for(descriptor, POLLIN, 1000);
        else if (errno != EINTR) return -(int64_t)errno;
    }
}

int64_t clinux_splice(int from, int to, size_t count) {
    for (;;) {
        ssize_t n = splice(from, NULL, to, NULL, count, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
        if (n >= 0) return n;
        if (errno != EINTR) return -(int64_t)errno;
    }
}
