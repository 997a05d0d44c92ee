/*
 * Lets the timers of a program under faketime(1) be: to be loaded before libfaketime.
 *
 * libfaketime 0.9.10 moves the instant of every absolute timerfd by what it adds to the clock of
 * the day, also where the timer is of the monotonic clock and FAKETIME_DONT_FAKE_MONOTONIC is set.
 * Swift's Task.sleep is such a timer: with the clock some days ahead it fires at once or never.
 */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

int timerfd_settime(
    int descriptor, int flags, const struct itimerspec *value, struct itimerspec *before)
{
    return (int)syscall(SYS_timerfd_settime, descriptor, flags, value, before);
}
