#pragma once

/// Holds back no signal on this thread, which a program started from it inherits; the threads that
/// run Swift tasks hold back nearly all, SIGTERM among them. What was held back before is kept for
/// clinux_signals_restore, per thread. Returns 0, or errno.
int clinux_signals_release(void);

/// Holds back again what clinux_signals_release found. Returns 0, or errno.
int clinux_signals_restore(void);
