internal import HTTP1
internal import Reactor
internal import Routing

/// What is kept of traffic: counts by rule, host, method and status class, told once a second.
extension Worker {
    /// Between counting and telling of it, milliseconds. A loop that counts nothing is not woken.
    static let trafficTellMs: Int64 = 1_000

    private static let hourMs: Int64 = 3_600_000

    /// Finds where the decided request in `requestHead` is to be counted.
    mutating func noteTraffic(_ client: Int) {
        if !countsTraffic { return }
        clients[client].exchange.trafficSlot = traffic.take(
            table: clients[client].exchange.table, rule: clients[client].exchange.rule,
            requestHead, in: clients[client].stream.input)
    }

    /// Counts the request in `requestHead`, which no rule fits.
    mutating func countUnroutedTraffic(_ client: Int) {
        if !countsTraffic { return }
        let slot = traffic.take(
            table: currentTable, rule: -1, requestHead, in: clients[client].stream.input)
        traffic.count(slot, method: requestHead.method, status: Failure.noRoute.status)
        armTraffic()
    }

    /// Counts a decided request whose answer begins, or that ends without one.
    mutating func countTraffic(_ client: Int) {
        if !countsTraffic { return }
        traffic.count(
            clients[client].exchange.trafficSlot, method: clients[client].exchange.method,
            status: clients[client].exchange.status)
        armTraffic()
    }

    private mutating func armTraffic() {
        if isTrafficArmed { return }
        isTrafficArmed = true
        loop.timers.arm(trafficTimer, atMs: loop.nowMs + Self.trafficTellMs)
    }

    /// Tells of everything that was counted; what finds no room in the queue waits a second.
    mutating func tellTraffic() {
        isTrafficArmed = false
        if !traffic.hasNews { return }
        if tellSlots(of: nil) && tellOthers() {
            traffic.isTold()
        } else {
            armTraffic()
        }
        traffic.releaseUnused()
    }

    /// Tells of what was counted under a table that goes.
    mutating func tellTraffic(of table: Int) {
        if !countsTraffic { return }
        _ = tellSlots(of: table)
        traffic.release(table: table)
        if traffic.hasNews { armTraffic() }
    }

    /// - Returns: false when the queue is full.
    private mutating func tellSlots(of table: Int?) -> Bool {
        for place in 0..<traffic.slotCount {
            guard let slot = traffic.slot(place) else { continue }
            if let table, slot.table != table { continue }
            TrafficLine.begin(hour: loop.wallMs / Self.hourMs, into: &trafficLine)
            tables[slot.table].writeKind(rule: slot.rule, into: &trafficLine)
            TrafficLine.end(slot, into: &trafficLine)
            if !trafficLines.push(trafficLine) { return false }
            traffic.clear(place)
        }
        return true
    }

    private mutating func tellOthers() -> Bool {
        let others = traffic.others
        let count = TrafficCounts.statusCount
        for method in 0..<TrafficCounts.methodCount {
            let counts = others.span.extracting(method * count..<(method + 1) * count)
            var isEmpty = true
            for index in counts.indices where counts[index] > 0 { isEmpty = false }
            if isEmpty { continue }
            TrafficLine.begin(hour: loop.wallMs / Self.hourMs, into: &trafficLine)
            trafficLine.append("- other ")
            TrafficLine.end(method: method, counts: counts, into: &trafficLine)
            if !trafficLines.push(trafficLine) { return false }
            traffic.clearOthers(method)
        }
        return true
    }
}
