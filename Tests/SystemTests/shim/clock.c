/* Makes faketime(1) fit for programs of many threads: to be loaded before libfaketime.
 *
 * libfaketime 0.9.10, as Debian builds it, reads the clock's file into static memory without a
 * lock: of two threads that ask at once one may get a clock that runs on from the program's start
 * instead of one that stands. So each is asked alone here. What libfaketime would ask itself about,
 * a wait until an instant of the clock of the day, is counted here too.
 *
 * It also moves the instant of every absolute timerfd by what it adds to the clock of the day, also
 * where the timer is of the monotonic clock and FAKETIME_DONT_FAKE_MONOTONIC is set. Swift's
 * Task.sleep is such a timer: with the clock some days ahead it fires at once or never. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { NANOSECONDS = 1000000000, MICROSECOND = 1000 };

typedef int clock_call(clockid_t, struct timespec *);
typedef int semaphore_call(sem_t *, const struct timespec *);
typedef int condition_call(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static clock_call *faked_clock, *libc_clock;
static semaphore_call *libc_semaphore;
static condition_call *libc_condition;

static void *found(void *symbol) {
    if (!symbol) abort();
    return symbol;
}

__attribute__((constructor)) static void find(void) {
    void *libc = found(dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD));
    libc_clock = (clock_call *)found(dlsym(libc, "clock_gettime"));
    libc_semaphore = (semaphore_call *)found(dlsym(libc, "sem_timedwait"));
    libc_condition = (condition_call *)found(dlsym(libc, "pthread_cond_timedwait"));
    faked_clock = (clock_call *)found(dlsym(RTLD_NEXT, "clock_gettime"));
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    if (!faked_clock) find();
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) return libc_clock(clock, now);
    pthread_mutex_lock(&turn);
    int result = faked_clock(CLOCK_REALTIME, now);
    pthread_mutex_unlock(&turn);
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    (void)zone;
    struct timespec time;
    int result = clock_gettime(CLOCK_REALTIME, &time);
    *now = (struct timeval){time.tv_sec, time.tv_nsec / MICROSECOND};
    return result;
}

time_t time(time_t *out) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}

/* The machine's instant as far ahead as the given one is on the faked clock. */
static struct timespec machine(const struct timespec *deadline) {
    struct timespec faked, now;
    clock_gettime(CLOCK_REALTIME, &faked);
    libc_clock(CLOCK_REALTIME, &now);
    now.tv_sec += deadline->tv_sec - faked.tv_sec;
    now.tv_nsec += deadline->tv_nsec - faked.tv_nsec;
    if (now.tv_nsec < 0) now.tv_sec--, now.tv_nsec += NANOSECONDS;
    if (now.tv_nsec >= NANOSECONDS) now.tv_sec++, now.tv_nsec -= NANOSECONDS;
    return now;
}

int sem_timedwait(sem_t *semaphore, const struct timespec *deadline) {
    struct timespec until = machine(deadline);
    return libc_semaphore(semaphore, &until);
}

/* For conditions whose clock is that of the day, as they are unless told otherwise. */
int pthread_cond_timedwait(
    pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *deadline) {
    struct timespec until = machine(deadline);
    return libc_condition(condition, mutex, &until);
}

int timerfd_settime(
    int descriptor, int flags, const struct itimerspec *value, struct itimerspec *before) {
    return (int)syscall(SYS_timerfd_settime, descriptor, flags, value, before);
}
