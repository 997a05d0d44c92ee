#pragma once

/// Linux system calls that Swift cannot name well. Every function that can fail returns the
/// negated errno instead of setting it, so that a caller never reads thread-local state.

#include "CLinuxSignals.h"
#include "CLinuxTerminal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/// The address of a socket with its length, as the kernel takes it.
struct clinux_address {
    struct sockaddr_storage storage;
    uint32_t length;
};

/// The most addresses that one name resolves to here; the rest is ignored.
enum { CLINUX_RESOLVED_MAX = 16 };

/// Octets that the kernel takes for a client beyond what is on its way (TCP_NOTSENT_LOWAT): it
/// would take megabytes, which a thousand clients that do not read make gigabytes of. Little at
/// first; more, in larger and cheaper steps, for a client that showed that it reads.
enum { CLINUX_UNSENT_FIRST = 128 * 1024, CLINUX_UNSENT_MAX = 1024 * 1024 };

/// The most descriptors of one message; the kernel's own bound is 253 (SCM_MAX_FD).
enum { CLINUX_PASSED_MAX = 128 };

// addresses (CLinux.c)

/// Reads a numeric IPv4 or IPv6 address. Returns 0, or -EINVAL when the text is none.
int clinux_address_parse(const char *text, uint16_t port, struct clinux_address *address);
/// Makes an address of 4 or 16 octets in network order. Returns 0, or -EINVAL for another count.
int clinux_address_make(
    const uint8_t *octets, size_t count, uint16_t port, struct clinux_address *address);
/// Names a Unix-domain path. Returns 0, or -ENAMETOOLONG.
int clinux_address_unix(const char *path, size_t length, struct clinux_address *address);
/// Writes the numeric host of an address and returns its length; 0 for a Unix-domain one.
int clinux_address_host(const struct clinux_address *address, char *text, size_t capacity);
/// Copies the path of a Unix-domain address and returns its length, 0 for others.
int clinux_address_path(const struct clinux_address *address, uint8_t *path, size_t capacity);
/// The port in host order; 0 for a Unix-domain address.
uint16_t clinux_address_port(const struct clinux_address *address);
/// 4, 6 or 1 (Unix domain); an IPv4-mapped IPv6 address counts as 4.
int clinux_address_family(const struct clinux_address *address);
/// 1 when the two name the same host and port (IPv4-mapped equals IPv4).
int clinux_address_equal(const struct clinux_address *a, const struct clinux_address *b);
/// The address in network order, 4 or 16 octets (IPv4-mapped counts as IPv4); none for Unix.
void clinux_address_octets(const struct clinux_address *address, uint8_t *octets);
/// A number for the IPv4 address or the IPv6 /64, never 0 for these; 0 for a Unix-domain address.
uint64_t clinux_address_network(const struct clinux_address *address);
/// 1 for 169.254.0.0/16, fe80::/10 and the unspecified addresses.
int clinux_address_link_local(const struct clinux_address *address);
/// 1 for 0.0.0.0 and ::.
int clinux_address_unspecified(const struct clinux_address *address);
/// Resolves a name by getaddrinfo (blocks). Returns the count of addresses, or a negative
/// number: the EAI_ code, which glibc already makes negative.
int clinux_resolve(const char *name, uint16_t port, struct clinux_address *out, int capacity);

// sockets (CLinux.c)

/// A non-blocking listening socket. Returns the descriptor.
int clinux_listen(const struct clinux_address *address, int reuse_port, int backlog);
/// Starts connecting. Returns the descriptor; *pending is 1 while the connection is being made.
int clinux_connect(const struct clinux_address *address, int *pending);
/// The address that a socket is bound to. Returns 0.
int clinux_local_address(int descriptor, struct clinux_address *address);
/// The error that waits on a socket, negated, or 0.
int clinux_socket_error(int descriptor);
/// Accepts one connection, non-blocking and with TCP_NODELAY. Returns the descriptor.
int clinux_accept(int listener, struct clinux_address *peer);

/// Sets what the kernel takes beyond what is on its way; of no effect on other than TCP.
void clinux_set_unsent(int descriptor, int octets);
/// Removes a Unix-domain socket that nobody listens on any more. Returns 0, -EADDRINUSE when
/// somebody does, or -EEXIST when the path is something else than a socket.
int clinux_unix_clear(const struct clinux_address *address);
/// Removes the path of a Unix-domain socket. Returns 0.
int clinux_unix_remove(const struct clinux_address *address);
/// Lets nobody but the owner connect to a Unix-domain path. Returns 0.
int clinux_unix_private(const struct clinux_address *address);
/// Another descriptor of the same socket. Returns it.
int clinux_duplicate(int descriptor);
/// Whether a descriptor is a listening stream socket: 1 or 0.
int clinux_is_listening(int descriptor);
/// Sends descriptors, 1...CLINUX_PASSED_MAX, with one octet over a Unix-domain connection
/// (SCM_RIGHTS), waiting until it can. Returns 0.
int clinux_pass(int connection, const int *descriptors, int count);
/// Receives what clinux_pass sent. Returns the count of descriptors, 0 when the peer ended.
int clinux_take(int connection, int *descriptors, int capacity);
/// Makes writing to a closed connection an error instead of a signal, for the whole process.
void clinux_ignore_sigpipe(void);
/// Raises the process's own limit of descriptors to what the system allows it, and returns it.
int64_t clinux_raise_descriptor_limit(void);
/// Starts a detached thread. Returns 0.
int clinux_thread(const char *name, void *(*body)(void *), void *argument);

// The three calls that every request makes go to the kernel directly: in a process with threads
// the C library wraps each of them in two atomic operations for pthread_cancel, which nobody here
// uses (a tenth of a loop's time outside the kernel).

static inline int64_t clinux_recv(int descriptor, void *base, size_t count) {
    for (;;) {
        long n = syscall(SYS_recvfrom, descriptor, base, count, 0, NULL, NULL);
        if (n >= 0) return n;
        if (errno != EINTR) return -(int64_t)errno;
    }
}

static inline int64_t clinux_send(int descriptor, const void *base, size_t count) {
    for (;;) {
        long n = syscall(SYS_sendto, descriptor, base, count, MSG_NOSIGNAL, NULL, 0);
        if (n >= 0) return n;
        if (errno != EINTR) return -(int64_t)errno;
    }
}

static inline int64_t clinux_send_pair(
    int descriptor, const void *first, size_t first_count, const void *second,
    size_t second_count) {
    struct iovec parts[2] = {
        {.iov_base = (void *)first, .iov_len = first_count},
        {.iov_base = (void *)second, .iov_len = second_count},
    };
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    for (;;) {
        ssize_t n = sendmsg(descriptor, &message, MSG_NOSIGNAL);
        if (n >= 0) return n;
        if (errno != EINTR) return -(int64_t)errno;
    }
}

/// Octets that a pipe holds where the system allows it: fewer, larger steps cost less.
enum { CLINUX_PIPE_OCTETS = 512 * 1024 };

/// Makes a pipe that never blocks. Returns 0.
int clinux_pipe(int *read_end, int *write_end);
/// Moves octets between a pipe and a socket without copying them. Returns how many, 0 at the end.
int64_t clinux_splice(int from, int to, size_t count);
/// Reads what is there of a file, a pipe or a terminal, waiting until something is, also when a
/// signal interrupts that. Returns how much, 0 at the end.
int64_t clinux_read(int descriptor, void *base, size_t count);
/// Writes to a file or a pipe, waiting where the descriptor does not.
int64_t clinux_write(int descriptor, const void *base, size_t count);

static inline int clinux_shutdown_write(int descriptor) {
    return shutdown(descriptor, SHUT_WR) == 0 ? 0 : -errno;
}

/// Closes at once and lets nothing linger: the peer sees a reset, not an orderly end.
static inline void clinux_abort(int descriptor) {
    struct linger hard = {.l_onoff = 1, .l_linger = 0};
    (void)setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    (void)close(descriptor);
}

// epoll and eventfd

static inline int clinux_epoll_create(void) {
    int descriptor = epoll_create1(EPOLL_CLOEXEC);
    return descriptor >= 0 ? descriptor : -errno;
}

/// Registers a descriptor, once and edge-triggered, for everything that can happen to it.
static inline int clinux_epoll_add(int epoll, int descriptor, uint64_t token) {
    struct epoll_event event;
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.u64 = token;
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 ? 0 : -errno;
}

static inline int clinux_epoll_remove(int epoll, int descriptor) {
    return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL) == 0 ? 0 : -errno;
}

static inline int clinux_epoll_wait(
    int epoll, struct epoll_event *events, int capacity, int timeout_ms) {
    long count = syscall(SYS_epoll_pwait, epoll, events, capacity, timeout_ms, NULL, 8);
    if (count >= 0) return (int)count;
    return errno == EINTR ? 0 : -errno;
}

/// The event structure is packed on x86-64, so its fields are read here and not in Swift.
static inline uint64_t clinux_event_token(const struct epoll_event *events, int index) {
    return events[index].data.u64;
}

static inline uint32_t clinux_event_flags(const struct epoll_event *events, int index) {
    return events[index].events;
}

static inline int clinux_eventfd(void) {
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return descriptor >= 0 ? descriptor : -errno;
}

static inline void clinux_eventfd_signal(int descriptor) {
    uint64_t one = 1;
    ssize_t written;
    do { written = write(descriptor, &one, sizeof one); } while (written < 0 && errno == EINTR);
}

static inline void clinux_eventfd_drain(int descriptor) {
    uint64_t count;
    ssize_t got;
    do { got = read(descriptor, &count, sizeof count); } while (got < 0 && errno == EINTR);
}

/// A descriptor that tells of changes to files (inotify). Returns it.
int clinux_inotify(void);
/// Watches a folder for files that are renamed into it, or written and closed. Returns 0.
int clinux_inotify_watch(int inotify, const char *folder);
/// Forgets what was told so far.
void clinux_inotify_drain(int inotify);

/// Waits until a descriptor is readable. Returns 1, or 0 when the time ran out.
int clinux_wait_readable(int descriptor, int timeout_ms);
/// The same for room to write.
int clinux_wait_writable(int descriptor, int timeout_ms);

// clocks

/// Microseconds of the monotonic clock.
static inline int64_t clinux_monotonic_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/// Milliseconds since 1970, UTC, as fine as the kernel's tick (1 to 10 ms).
static inline int64_t clinux_wall_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
