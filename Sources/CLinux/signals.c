#include "CLinuxSignals.h"

#include <pthread.h>
#include <signal.h>

static _Thread_local sigset_t held_before;

int clinux_signals_release(void) {
    sigset_t none;
    sigemptyset(&none);
    return pthread_sigmask(SIG_SETMASK, &none, &held_before);
}

int clinux_signals_restore(void) { return pthread_sigmask(SIG_SETMASK, &held_before, NULL); }
