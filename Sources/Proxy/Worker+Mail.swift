internal import Reactor
internal import Routing

extension Worker {
    /// Does what other threads asked for.
    mutating func takeMail() {
        for message in mailbox.takeAll() {
            switch message {
            case .table(let table, let citesRoutes, let addresses):
                self.citesRoutes = citesRoutes
                serve(table)
                for (key, found) in addresses { learn(key, found) }
            case .addresses(let key, let addresses): learn(key, addresses)
            case .stop(let drainMs, let closesIdle):
                beginStop(drainMs: drainMs, closesIdle: closesIdle)
            }
        }
    }

    /// Decides new requests by another table; those in flight keep theirs.
    private mutating func serve(_ table: RouteTable) {
        let former = currentTable
        refuse(table.refusedNetworks)
        var places: [Int] = []
        let served = ServedTable(table, seed: seed, secrets: secrets) { key in
            places.append(place(of: key))
            return places[places.count - 1]
        }
        currentTable = tables.insert(served)
        countEndpoints(of: currentTable, by: 1)
        // Endpoints that no rule refers to are not kept.
        for place in places { forgetIfUnused(place) }
        if former >= 0 { releaseTableIfUnused(former) }
    }

    /// An endpoint's place in the registry; a new one when it is not known yet.
    private mutating func place(of key: Endpoint.Key) -> Int {
        if let known = endpointPlaces[key] { return known }
        let place = endpoints.insert(Endpoint(key: key, refusing: refusedNetworks))
        endpointPlaces[key] = place
        return place
    }

    private mutating func countEndpoints(of table: Int, by change: Int) {
        for index in 0..<tables[table].members.count {
            endpoints[tables[table].members[index].endpoint].tableCount += change
        }
    }

    /// A request ended, or no longer needs the table that decided it.
    mutating func releaseTable(of client: Int) {
        let table = clients[client].exchange.table
        if table < 0 { return }
        // The answer's status is settled, or there will be none.
        countTraffic(client)
        clients[client].exchange.table = -1
        tables[table].inFlight -= 1
        if table != currentTable { releaseTableIfUnused(table) }
    }

    private mutating func releaseTableIfUnused(_ table: Int) {
        if table == currentTable || tables[table].inFlight > 0 { return }
        tellTraffic(of: table)
        countEndpoints(of: table, by: -1)
        for index in 0..<tables[table].members.count {
            forgetIfUnused(tables[table].members[index].endpoint)
        }
        _ = tables.remove(table)
    }

    /// Lets go of an endpoint that no table names: its idle connections now, itself when the
    /// last connection is closed.
    mutating func forgetIfUnused(_ endpoint: Int) {
        if !endpoints.contains(endpoint) || endpoints[endpoint].tableCount > 0 { return }
        while endpoints[endpoint].firstIdle >= 0 {
            let idle = endpoints[endpoint].firstIdle
            unlinkIdle(idle)
            discardUpstream(idle)
            if !endpoints.contains(endpoint) { return }
        }
        if endpoints[endpoint].openCount > 0 { return }
        if endpoints[endpoint].isSuspect { counters.add(.endpointsAside, -1) }
        endpointPlaces[endpoints[endpoint].key] = nil
        _ = endpoints.remove(endpoint)
    }

    private mutating func learn(_ key: Endpoint.Key, _ addresses: [SocketAddress]) {
        // A name that no table has any more is nobody's.
        guard let place = endpointPlaces[key] else { return }
        endpoints[place].learn(addresses, refusing: refusedNetworks)
    }

    /// Ends what is idle and lets the rest finish, each connection with its present request.
    ///
    /// - Parameter closesIdle: false after a hand-over: a client may be sending at this moment, and
    ///   its next request is answered here, with the word that it is the last.
    private mutating func beginStop(drainMs: Int64, closesIdle: Bool) {
        stopAtMs = loop.nowMs + drainMs
        loop.timers.arm(stopTimer, atMs: stopAtMs)
        listeners.removeAll()
        mayAccept = 0
        for client in 0..<clients.highWater where clients.contains(client) {
            switch clients[client].phase {
            case .idle where closesIdle: closeClient(client)
            case .preamble, .idle, .head, .exchange, .lingering, .tunnel:
                clients[client].exchange.keepsAlive = false
            }
        }
    }
}
