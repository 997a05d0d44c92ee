internal import HTTP1

/// Failures as numbers: metrics count each kind by itself.
extension Failure {
    /// Every kind but the faults of messages, in the order of their numbers.
    static let kinds: [Failure] = [
        .noTable, .noRoute, .noBackend, .noEndpoint, .endpointBusy, .connectFailed,
        .connectForbidden, .connectTimeout, .endpointClosed, .responseHeadCut, .endpointTimeout,
        .requestTimeout, .headTimeout, .bodyTimeout, .misdirected, .traceMethod,
        .headTooLargeToForward, .tooManyConnections, .earlyUpgrade,
        .clientClosed, .clientTooSlow, .responseCut, .tunnelIdle, .stopped, .secretMissing,
        .routeDisabled, .routeRefused, .networkRefused,
    ]

    /// How many numbers there are: the kinds, then each fault of a request, then of a response.
    static let numbers = messages + 2 * faults

    private static let messages = 28
    private static let faults = MessageFault.allCases.count

    /// The kind's number, 0..<`numbers`. Allocates nothing.
    var number: Int {
        switch self {
        case .noTable: 0
        case .noRoute: 1
        case .noBackend: 2
        case .noEndpoint: 3
        case .endpointBusy: 4
        case .connectFailed: 5
        case .connectForbidden: 6
        case .connectTimeout: 7
        case .endpointClosed: 8
        case .responseHeadCut: 9
        case .endpointTimeout: 10
        case .requestTimeout: 11
        case .headTimeout: 12
        case .bodyTimeout: 13
        case .misdirected: 14
        case .traceMethod: 15
        case .headTooLargeToForward: 16
        case .tooManyConnections: 17
        case .earlyUpgrade: 18
        case .clientClosed: 19
        case .clientTooSlow: 20
        case .responseCut: 21
        case .tunnelIdle: 22
        case .stopped: 23
        case .secretMissing: 24
        case .routeDisabled: 25
        case .routeRefused: 26
        case .networkRefused: 27
        case .message(let error):
            Self.messages + (error.side == .response ? Self.faults : 0) + Int(error.kind.rawValue)
        }
    }

    /// A failure of each kind, by number.
    static var all: [Failure] {
        kinds
            + [MessageSide.request, .response].flatMap { side in
                MessageFault.allCases.map { .message(MessageError($0, side: side, at: 0)) }
            }
    }

    /// The name that logs, metrics and `Commonway-Error` carry.
    var text: String {
        guard case .message(let error) = self else { return "\(name)" }
        return "\(error.category):\(error.kind.name)"
    }
}
