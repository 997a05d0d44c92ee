internal import HTTP1
internal import Reactor
internal import Routing

extension RequestHeadParser {
    /// Judges what waits in a buffer; see `parse(_:into:)`.
    mutating func parse(
        _ input: borrowing Buffer, into head: inout RequestHead
    ) throws(MessageError) -> HeadProgress {
        try parse(input.span, into: &head)
    }
}

extension Worker {
    /// Judges the head that lies at the front of a client's input, and begins the exchange when
    /// it is whole; refuses it when it is wrong.
    ///
    /// - Returns: false when more octets are needed; else the client was dealt with, and may be
    ///   closed.
    mutating func parseHead(_ client: Int) -> Bool {
        requestParser.reset()
        do throws(MessageError) {
            let progress = try requestParser.parse(
                clients[client].stream.input, into: &requestHead)
            guard case .complete(let octets) = progress else { return false }
            counters.add(.requests)
            begin(client, headOctets: octets)
        } catch {
            counters.add(.requests)
            refuse(client, .message(error))
        }
        return true
    }

    /// Begins the exchange of the request in `requestHead`.
    private mutating func begin(_ client: Int, headOctets: Int) {
        var exchange = Exchange()
        exchange.method = requestHead.method
        exchange.versionMinor = requestHead.versionMinor
        exchange.keepsAlive = requestHead.keepAlive && stopAtMs == .max
        exchange.headOctets = headOctets
        exchange.beginRequestBody(requestHead.framing)
        exchange.startedUs = loop.nowUs
        exchange.asksUpgrade = !requestHead.upgrade.isEmpty
        exchange.awaitsContinue = requestHead.expectsContinue
        clients[client].phase = .exchange
        clients[client].phaseSinceMs = loop.nowMs
        clients[client].exchange = exchange
        if requestHead.fields.underscoreCount > 0 && !requestForwarding.keepsUnderscoreNames {
            counters.add(.underscoreFields, requestHead.fields.underscoreCount)
        }
        beginLine(client)
        if let failure = localFailure(client) {
            fail(client, failure)
        } else if requestHead.form == .asterisk || requestHead.maxForwards == 0 {
            answerOptions(client)
        } else {
            decide(client)
        }
    }

    /// What forbids forwarding whatever the table says.
    private mutating func localFailure(_ client: Int) -> Failure? {
        if requestHead.method == .trace { return .traceMethod }
        // A trusted peer may have ended the TLS that the request asks for.
        if requestHead.scheme == .https
            && !(clients[client].isTrusted && saysSecure(client))
        {
            return .misdirected
        }
        if let most = limits.bodyOctetsMax, case .length(let octets) = requestHead.framing,
            octets > Int64(most)
        {
            return .message(MessageError(.bodyTooLarge, side: .request, at: 0, limit: most))
        }
        return nil
    }

    mutating func saysSecure(_ client: Int) -> Bool {
        requestHead.wasForwardedSecurely(clients[client].stream.input)
    }

    /// Finds the rule for the request in `requestHead`, and an endpoint.
    private mutating func decide(_ client: Int) {
        if currentTable < 0 { return fail(client, .noTable) }
        do throws(PathFault) {
            try canonicalise(client)
        } catch {
            return refuse(client, .message(error.inRequest(requestHead.path)))
        }
        guard let decision = match(client) else {
            countUnroutedTraffic(client)
            return fail(client, .noRoute)
        }
        tables[currentTable].inFlight += 1
        clients[client].exchange.table = currentTable
        clients[client].exchange.rule = decision.rule
        noteRule(client)
        noteTraffic(client)
        let own = tables[currentTable].rules[decision.rule].program
        if own >= 0 {
            clients[client].exchange.prefixOctets =
                tables[currentTable].prefixOctets(of: decision)
            if answersItself(client, own) { return }
        }
        let share = tables[currentTable].nextShare(rule: decision.rule)
        if share < 0 {
            return fail(client, tables[currentTable].rules[decision.rule].lack.failure)
        }
        clients[client].exchange.group = tables[currentTable].shares[share].group
        let program = tables[currentTable].shares[share].program
        if program >= 0 {
            clients[client].exchange.prefixOctets =
                tables[currentTable].prefixOctets(of: decision)
            if !beginProgram(client, program) { return }
        }
        assignEndpoint(client)
    }

    /// Brings the path of `requestHead` to its one form; `canonicalPath` says where that is.
    private mutating func canonicalise(_ client: Int) throws(PathFault) {
        try canonicalPath.read(requestHead.path, in: clients[client].stream.input)
    }

    private mutating func match(_ client: Int) -> Decision? {
        matchedFields.read(&requestHead.fields)
        return tables[currentTable].match(
            requestHead, in: clients[client].stream.input, path: canonicalPath, matchedFields)
    }

    /// Finds an endpoint for a decided request whose head is in `requestHead`, and sends it on
    /// its way. May close the client.
    mutating func assignEndpoint(_ client: Int) {
        let endpoint = chooseEndpoint(client)
        if endpoint < 0 {
            let tried = clients[client].exchange.attempts > 0
            if !tried { return fail(client, hasRefused(client) ? .networkRefused : .noEndpoint) }
            return failOrRetry(client, .connectFailed, wasSent: false)
        }
        clients[client].exchange.attempts += 1
        switch takeUpstream(endpoint: endpoint, client: client) {
        case .success(let upstream):
            sendHead(client, upstream)
        case .failure(let failure):
            connectFailed(client, endpoint: endpoint, failure)
        }
    }

    /// The endpoint whose turn it is in the exchange's group, passing over those tried already
    /// and, unless all are, those set aside. -1 when there is none with an address.
    private mutating func chooseEndpoint(_ client: Int) -> Int {
        let table = clients[client].exchange.table
        let group = clients[client].exchange.group
        let first = tables[table].nextMember(group: group)
        if first < 0 { return -1 }
        let well = firstUsable(client, from: first, allowsAside: false)
        return well >= 0 ? well : firstUsable(client, from: first, allowsAside: true)
    }

    private func firstUsable(_ client: Int, from first: Int, allowsAside: Bool) -> Int {
        let table = clients[client].exchange.table
        let range = tables[table].groups[clients[client].exchange.group].members
        var index = first
        repeat {
            let endpoint = tables[table].members[index].endpoint
            if isUsable(endpoint, for: client, allowsAside: allowsAside) { return endpoint }
            index = index + 1 == range.upperBound ? range.lowerBound : index + 1
        } while index != first
        return -1
    }

    /// Whether an endpoint of an exchange's group leads to refused networks alone.
    private func hasRefused(_ client: Int) -> Bool {
        let table = clients[client].exchange.table
        let group = clients[client].exchange.group
        for index in tables[table].groups[group].members
        where endpoints[tables[table].members[index].endpoint].isRefused {
            return true
        }
        return false
    }

    private func isUsable(_ endpoint: Int, for client: Int, allowsAside: Bool) -> Bool {
        if endpoints[endpoint].addresses.isEmpty { return false }
        if clients[client].exchange.triedFirst == endpoint { return false }
        if clients[client].exchange.triedSecond == endpoint { return false }
        return allowsAside || !endpoints[endpoint].isAside(nowMs: loop.nowMs)
    }

    /// An endpoint could not be connected to: another has its turn, as long as attempts are
    /// left. May close the client.
    mutating func connectFailed(_ client: Int, endpoint: Int, _ failure: Failure) {
        if failure != .endpointBusy {
            endpointFailed(endpoint)
        }
        // A name with several addresses is tried at the next of them before it counts as tried.
        let attempts = clients[client].exchange.attempts
        if attempts >= endpoints[endpoint].addresses.count { markTried(client, endpoint) }
        if attempts >= limits.connectAttemptsMax || !hasUsableEndpoint(client) {
            return failOrRetry(client, failure, endpoint: endpoint, wasSent: false)
        }
        counters.add(.retries)
        repeatRequest(client)
    }

    /// Passes an endpoint over for the rest of an exchange.
    mutating func markTried(_ client: Int, _ endpoint: Int) {
        if clients[client].exchange.triedFirst < 0 {
            clients[client].exchange.triedFirst = endpoint
        } else {
            clients[client].exchange.triedSecond = endpoint
        }
    }

    /// Whether an endpoint of an exchange's group was not tried yet.
    func hasUsableEndpoint(_ client: Int) -> Bool {
        let table = clients[client].exchange.table
        let group = clients[client].exchange.group
        for index in tables[table].groups[group].members
        where isUsable(tables[table].members[index].endpoint, for: client, allowsAside: true) {
            return true
        }
        return false
    }

    /// Sends a request anew from the octets that are still in the client's input; the caller
    /// made sure that they are (`isRepeatable`). May close the client.
    mutating func repeatRequest(_ client: Int) {
        requestParser.reset()
        do throws(MessageError) {
            _ = try requestParser.parse(clients[client].stream.input, into: &requestHead)
        } catch {
            return refuse(client, .message(error))
        }
        do throws(PathFault) {
            try canonicalise(client)
        } catch {
            return refuse(client, .message(error.inRequest(requestHead.path)))
        }
        clients[client].exchange.beginRequestBody(requestHead.framing)
        assignEndpoint(client)
    }
}

extension RequestHead {
    /// Whether the peer says that the request came to it over TLS; see
    /// `wasForwardedSecurely(_:)` of `HTTP1`.
    fileprivate mutating func wasForwardedSecurely(_ input: borrowing Buffer) -> Bool {
        wasForwardedSecurely(input.span)
    }
}
