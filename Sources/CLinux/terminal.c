#include "CLinuxTerminal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

static struct termios remembered;
static int is_hidden = 0;

int clinux_terminal_hide(int descriptor) {
    struct termios quiet;
    if (tcgetattr(descriptor, &remembered) != 0)
        return -errno;
    quiet = remembered;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    // TCSADRAIN, not TCSAFLUSH: what was typed or pasted ahead belongs to this prompt.
    if (tcsetattr(descriptor, TCSADRAIN, &quiet) != 0)
        return -errno;
    is_hidden = 1;
    return 0;
}

int clinux_terminal_restore(int descriptor) {
    if (!is_hidden)
        return 0;
    is_hidden = 0;
    return tcsetattr(descriptor, TCSADRAIN, &remembered) == 0 ? 0 : -errno;
}

// A process in the background that calls tcsetpgrp gets SIGTTOU, whose default stops it; shells
// block the signal for the call, and so does this.
static int set_foreground(pid_t group, pid_t expected) {
    sigset_t stop, before;
    int failure = 0;
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    // Only what has the terminal may pass it on: a job in the background must not seize it.
    if (tcgetpgrp(fd) != expected) {
        close(fd);
        return -EPERM;
    }
    sigemptyset(&stop);
    sigaddset(&stop, SIGTTOU);
    sigprocmask(SIG_BLOCK, &stop, &before);
    if (tcsetpgrp(fd, group) != 0)
        failure = -errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(fd);
    return failure;
}

int clinux_terminal_give(int pid) {
    pid_t group = getpgid(pid);
    int failure;
    if (group < 0)
        return -errno;
    failure = set_foreground(group, getpgrp());
    if (failure == 0)
        kill(-group, SIGCONT);
    return failure;
}

int clinux_terminal_take_back(int pid) {
    // A child that has ended was the leader of its group: Foundation starts children that way.
    return set_foreground(getpgrp(), pid);
}
