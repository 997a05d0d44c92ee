internal import Reactor
internal import Routing

/// What other threads tell a loop.
enum LoopMessage: Sendable {
    /// Serve this table from now on; what its endpoints' names resolved to is with it.
    case table(RouteTable, citesRoutes: Bool, addresses: [Endpoint.Key: [SocketAddress]])
    /// A name resolved to other addresses than before.
    case addresses(Endpoint.Key, [SocketAddress])
    /// Take no more connections, end those between requests at once or with their next one, and
    /// end at last when this many milliseconds are over.
    case stop(drainMs: Int64, closesIdle: Bool)
}
