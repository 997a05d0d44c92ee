internal import HTTP1
internal import Reactor

/// What is told of exchanges: counters always, lines of the access log where there is one.
extension Worker {
    /// Begins the line about the request in `requestHead`.
    mutating func beginLine(_ client: Int) {
        guard let settings = logSettings else { return }
        var line = openLine(client)
        clients[client].tell(
            &requestHead, settings, wallMs: loop.wallMs, instant, isUnderstood: true, into: &line)
        swap(&clients[client].line, &line)
    }

    /// Begins the line about a request that was refused before its head was understood.
    mutating func beginRefusedLine(_ client: Int) {
        guard let settings = logSettings else { return }
        var line = openLine(client)
        requestHead.forget()
        clients[client].tell(
            &requestHead, settings, wallMs: loop.wallMs, instant, isUnderstood: false, into: &line)
        swap(&clients[client].line, &line)
    }

    /// Takes the storage of a client's line, which a borrowed client could not lend.
    private mutating func openLine(_ client: Int) -> Buffer {
        var line = Buffer()
        swap(&clients[client].line, &line)
        loop.buffers.attachTiny(&line)
        line.clear()
        return line
    }

    /// Notes the rule that decided the request, and the vote behind it.
    mutating func noteRule(_ client: Int) {
        if logSettings == nil { return }
        tables[clients[client].exchange.table].writeRule(
            clients[client].exchange.rule, into: &clients[client].line)
    }

    /// Notes the endpoint that answered, or that failed last.
    mutating func noteEndpoint(_ client: Int, _ endpoint: Int) {
        if logSettings == nil || clients[client].exchange.hasEndpointInLine { return }
        clients[client].exchange.hasEndpointInLine = true
        clients[client].line.tellEndpoint(endpoints[endpoint])
    }

    /// Tells of an exchange that has ended. Once for each.
    ///
    /// - Parameter failure: what ended it early, unless the gateway answered for another reason.
    mutating func account(_ client: Int, failure: Failure?) {
        let reason = clients[client].exchange.failure ?? failure
        let started = clients[client].exchange.startedUs
        let duration = max(0, loop.nowUs - started)
        counters.countExchange(
            status: clients[client].exchange.status, durationUs: duration, failure: reason)
        counters.add(.requestOctets, Int(clients[client].exchange.requestOctets))
        counters.add(.responseOctets, Int(clients[client].exchange.responseOctets))
        let isTunnel: Bool
        if case .tunnel = clients[client].phase {
            isTunnel = true
            counters.add(.tunnelsOpen, -1)
        } else {
            isTunnel = false
        }
        loop.buffers.detach(&clients[client].answerLines)
        guard logSettings != nil else { return }
        clients[client].endLine(durationUs: duration, reason, isTunnel: isTunnel)
        if !logLines.push(clients[client].line) { counters.add(.linesDropped) }
        loop.buffers.detach(&clients[client].line)
    }
}

extension Buffer {
    fileprivate mutating func tellEndpoint(_ endpoint: borrowing Endpoint) {
        let label = endpoint.label.span
        AccessLine.member("endpoint", label, atMost: 300, into: &self)
    }
}

extension Client {
    /// Writes when a request came, who asked (the address that connected, or the one that a trusted
    /// peer named last), and what for.
    fileprivate func tell(
        _ head: inout RequestHead, _ settings: AccessLogSettings, wallMs: Int64,
        _ date: borrowing InstantText, isUnderstood: Bool, into line: inout Buffer
    ) {
        let octets = stream.input.span
        AccessLine.begin(wallMs: wallMs, date: date, into: &line)
        if let named = isTrusted ? head.nearestForwardedFor(octets) : nil {
            AccessLine.client(octets.extracting(named), settings.clients, into: &line)
        } else {
            AccessLine.client(
                address.span.extracting(first: addressOctets), settings.clients, into: &line)
        }
        if !isUnderstood { return }
        AccessLine.member(
            "method", octets.extracting(head.methodName.indices),
            atMost: AccessLine.methodOctetsMax, into: &line)
        AccessLine.member(
            "host", octets.extracting(head.authorityOrHost.indices),
            atMost: AccessLine.hostOctetsMax, into: &line)
        let path =
            settings.showsQuery && head.hasQuery
            ? Int(head.path.start)..<Int(head.query.end) : head.path.indices
        AccessLine.member(
            "path", octets.extracting(path), atMost: AccessLine.pathOctetsMax, into: &line)
    }

    fileprivate mutating func endLine(durationUs: Int64, _ failure: Failure?, isTunnel: Bool) {
        if exchange.status > 0 {
            AccessLine.member("status", Int64(exchange.status), into: &line)
        } else {
            line.append(",\"status\":null")
        }
        AccessLine.member("requestOctets", exchange.requestOctets, into: &line)
        AccessLine.member("responseOctets", exchange.responseOctets, into: &line)
        if exchange.firstOctetUs > 0 {
            AccessLine.member(
                "firstOctetMs", microseconds: exchange.firstOctetUs - exchange.startedUs,
                into: &line)
        }
        AccessLine.member("durationMs", microseconds: durationUs, into: &line)
        if isTunnel { line.append(",\"tunnel\":true") }
        if let failure {
            line.append(",\"error\":\"")
            var writer = OctetWriter(taking: &line)
            failure.writeName(into: &writer)
            writer.giveBack(to: &line)
            line.append(0x22)
        }
        line.append("}\n")
    }
}
