/// What a WebSocket message costs that is echoed through a tunnel.
enum EchoedMessages {
    /// Measures it.
    ///
    /// - Throws: ``BenchFault``.
    static func run(_ stage: Stage, _ tell: (Finding) -> Void) throws(BenchFault) {
        try stage.with(Peer.allCases, label: "websocket") { contenders throws(BenchFault) in
            guard try opensTunnels(stage, contenders) else {
                return tell(Finding("WebSocket echo: left out, \(leftOut)"))
            }
            let turns = try Turns(stage, contenders) {
                .webSockets(to: $0.port, connections: RequestCost.connections)
            }
            let series = try turns.take(.saturating)
            try turns.end()
            tell(
                Comparison(
                    title: "WebSocket echo, 32 octets", label: "websocket",
                    columns: Column.exchanges("message"), goals: [], series: series
                ).finding)
        }
    }

    static let leftOut = "this gateway does not answer an upgrade with 101"

    /// Whether the gateway, the first of them, answers an upgrade with 101.
    static func opensTunnels(
        _ stage: Stage, _ contenders: [Contender]
    ) throws(BenchFault) -> Bool {
        guard let ours = contenders.first else { return false }
        return try Door.status(
            port: ours.port, asking: String(decoding: RequestTexts.upgrade.octets, as: UTF8.self)
        ) == 101
    }
}
