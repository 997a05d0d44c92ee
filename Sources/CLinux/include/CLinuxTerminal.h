#pragma once

// The terminal, as far as the command line needs it. Only numbers go in and out, so that Swift
// calls these without touching a pointer. Failures are negated errnos, as in CLinux.h.

/// Stops echo, line editing and the keys that send signals on a terminal, and remembers what was
/// set before. Returns 0.
int clinux_terminal_hide(int descriptor);
/// Sets again what clinux_terminal_hide remembered. Returns 0.
int clinux_terminal_restore(int descriptor);
/// Makes a child's process group the one that reads from the controlling terminal, and wakes it in
/// case it tried before. Returns 0, -ENXIO where there is no terminal, or -EPERM where the caller
/// does not have it.
int clinux_terminal_give(int pid);
/// Makes the caller's process group the one that reads from the terminal again, after that child
/// had it, which leads its own group and may have ended. Returns 0.
int clinux_terminal_take_back(int pid);
