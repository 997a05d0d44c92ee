#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CLinux.h"

#include <netdb.h>
#include <poll.h>
#include <sys/resource.h>

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
    }
    return descriptor;
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

int clinux_wait_readable(int descriptor, int timeout_ms) {
    struct pollfd one = {.fd = descriptor, .events = POLLIN, .revents = 0};
    int count;
    do { count = poll(&one, 1, timeout_ms); } while (count < 0 && errno == EINTR);
    return count > 0 ? 1 : 0;
}
