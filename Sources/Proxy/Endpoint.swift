internal import Reactor
internal import Routing

/// What one loop knows of one endpoint, whichever tables and backends name it: where it is, how
/// it fared, and the connections kept open to it. It outlives a table that no longer has it only
/// as long as a request is on its way there.
struct Endpoint: ~Copyable {
    /// Names an endpoint across tables.
    struct Key: Hashable, Sendable {
        /// What `host` is.
        enum Kind: Sendable {
            case numeric
            case name
            case path
        }

        let host: String
        let port: UInt16
        let kind: Kind
    }

    let key: Key

    /// `host:port` as a Host field has it, for requests that came without one.
    let authority: [UInt8]

    /// `host:port` or the path, for people.
    let label: [UInt8]

    /// Where it is connected to: the numeric address itself, or what its name resolved to last,
    /// without what the operator refuses.
    private(set) var addresses: [SocketAddress] = []

    /// All of that, the refused too.
    private var found: [SocketAddress]

    /// Whether it leads to refused networks alone.
    var isRefused: Bool { addresses.isEmpty && !found.isEmpty }

    /// Which of them comes next.
    private var turn = 0

    /// The last connection that became idle, or -1: the list runs through the connections.
    var firstIdle = -1
    var idleCount = 0

    /// Connections, idle ones included.
    var openCount = 0

    /// Tables that this loop holds and that name it.
    var tableCount = 0

    private var failuresInRow = 0
    private var asideUntilMs: Int64 = 0
    private var asideLengthMs: Int64 = 0

    init(key: Key, refusing networks: RefusedNetworks) {
        self.key = key
        found = key.fixedAddresses
        authority = Array(key.authority.utf8)
        label = Array((key.kind == .path ? "unix:" + key.host : key.authority).utf8)
        refuse(networks)
    }

    /// Its name resolved to other addresses.
    mutating func learn(_ addresses: [SocketAddress], refusing networks: RefusedNetworks) {
        found = addresses
        refuse(networks)
    }

    /// Passes over the addresses that lie in these networks from now on.
    mutating func refuse(_ networks: RefusedNetworks) {
        addresses =
            networks.list.isEmpty ? found : found.filter { !$0.lies(inRefused: networks) }
    }

    /// The address for the next connection; nil when the name was never resolved.
    mutating func nextAddress() -> SocketAddress? {
        if addresses.isEmpty { return nil }
        turn = turn >= addresses.count - 1 ? 0 : turn + 1
        return addresses[turn]
    }

    /// Whether it was set aside and its time is not over.
    func isAside(nowMs: Int64) -> Bool {
        nowMs < asideUntilMs
    }

    /// It was set aside and has not answered since.
    var isSuspect: Bool { asideLengthMs > 0 }

    /// It answered: everything before is forgiven.
    mutating func succeeded() {
        failuresInRow = 0
        asideLengthMs = 0
        asideUntilMs = 0
    }

    /// It could not be reached, or gave nothing that is an answer.
    mutating func failed(nowMs: Int64, limits: GatewayLimits, timeouts: GatewayTimeouts) {
        failuresInRow += 1
        if failuresInRow < limits.failuresBeforeAside { return }
        asideLengthMs =
            asideLengthMs == 0
            ? timeouts.asideMs : min(asideLengthMs * 2, timeouts.asideLongestMs)
        asideUntilMs = nowMs + asideLengthMs
        failuresInRow = 0
    }
}
