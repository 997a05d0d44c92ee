import Reactor

/// Lets time pass for an endpoint that is slow on purpose, or between two looks at what another
/// thread does. No result depends on how long it really takes.
enum Pause {
    static func milliseconds(_ count: Int32) {
        guard var loop = try? EventLoop(timerCapacity: 1) else { return }
        _ = loop.wait(atMostMs: count)
    }
}
