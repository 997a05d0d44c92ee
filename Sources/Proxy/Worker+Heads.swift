internal import HTTP1
internal import Reactor

extension Worker {
    /// Writes the request in `requestHead` for its endpoint and sends it, with what has come of
    /// the body. May close the client.
    mutating func sendHead(_ client: Int, _ upstream: Int) {
        loop.buffers.attachSmall(&upstreams[upstream].stream.output)
        if !writeRequestHead(client, upstream) {
            upstreams[upstream].stream.output.clear()
            loop.buffers.grow(&upstreams[upstream].stream.output)
            if !writeRequestHead(client, upstream) { return refuse(client, .headTooLargeToForward) }
        }
        pumpRequest(client)
    }

    /// - Returns: whether there was room.
    private mutating func writeRequestHead(_ client: Int, _ upstream: Int) -> Bool {
        requestForwarding.peerIsTrusted = clients[client].isTrusted
        // Used when there is no trace, or none that is valid.
        requestForwarding.traceSeed = random.traceSeed()
        let endpoint = upstreams[upstream].endpoint
        let table = clients[client].exchange.table
        let program = clients[client].exchange.program
        if program >= 0, !applyRequestFilters(client, program) { return false }
        return upstreams[upstream].stream.output.writeRequest(
            &requestHead, from: clients[client], path: canonicalPath,
            endpoint: endpoints[endpoint], tables[table].filters, program, requestForwarding)
    }

    /// Writes the final response in `responseHead` for the client.
    ///
    /// - Returns: false when it fits no buffer; the exchange was ended then.
    mutating func writeFinalHead(_ client: Int, _ upstream: Int) -> Bool {
        loop.buffers.attachSmall(&clients[client].stream.output)
        if writeResponseHead(client, upstream) { return true }
        loop.buffers.grow(&clients[client].stream.output)
        if writeResponseHead(client, upstream) { return true }
        fail(client, .responseHeadCut)
        return false
    }

    /// Writes the head in `responseHead`, with the citation of the vote when it is a final one.
    ///
    /// - Returns: whether there was room; without, nothing was written.
    mutating func writeResponseHead(_ client: Int, _ upstream: Int) -> Bool {
        let before = clients[client].stream.output.count
        let program = responseHead.isInformational ? -1 : clients[client].exchange.program
        if program >= 0 {
            tables[clients[client].exchange.table].filters.dropResponseFields(
                program, of: &responseHead, in: upstreams[upstream].stream.input)
        }
        clients[client].writeResponse(&responseHead, from: upstreams[upstream].stream.input, date)
        if program >= 0 { clients[client].writeAnswerLines(tables, program) }
        if citesRoutes && !responseHead.isInformational { clients[client].writeCitation(tables) }
        clients[client].stream.output.append("\r\n")
        if !clients[client].stream.output.overflowed { return true }
        clients[client].stream.output.truncate(to: before)
        return false
    }
}

extension Buffer {
    /// Writes a request for its endpoint.
    ///
    /// - Returns: whether there was room.
    mutating func writeRequest(
        _ head: inout RequestHead, from client: borrowing Client, path: borrowing RequestPath,
        endpoint: borrowing Endpoint, _ filters: borrowing ServedFilters, _ program: Int,
        _ forwarding: RequestForwarding
    ) -> Bool {
        let octets = client.stream.input.span
        let isHostless = head.authorityOrHost.isEmpty
        let authority = endpoint.authority.span
        var host = authority.extracting(first: isHostless ? authority.count : 0)
        if program >= 0, !filters.programs[program].host.isEmpty {
            host = filters.texts.span(filters.programs[program].host)
        }
        var writer = OctetWriter(taking: &self)
        HeadWriter.request(
            &head, octets, path: path.forwardedSpan(in: octets), host: host,
            client: client.address.span.extracting(first: client.addressOctets),
            forwarding: forwarding, into: &writer)
        if program >= 0 {
            writer.append(filters.texts.span(filters.programs[program].requestLines))
        }
        HeadWriter.end(into: &writer)
        writer.giveBack(to: &self)
        return !overflowed
    }
}

extension Client {
    /// Writes a response head, all but its empty line, into the output.
    fileprivate mutating func writeResponse(
        _ head: inout ResponseHead, from input: borrowing Buffer, _ date: DateText
    ) {
        var forwarding = ResponseForwarding()
        forwarding.clientMinor = exchange.versionMinor
        forwarding.keepsClient = exchange.keepsAlive
        var writer = OctetWriter(taking: &stream.output)
        HeadWriter.response(
            &head, input.span, forwarding: forwarding, date: date.text.span, into: &writer)
        writer.giveBack(to: &stream.output)
    }

    /// Names the vote that routed the request, where one did.
    mutating func writeCitation(_ tables: borrowing Slab<ServedTable>) {
        if exchange.table < 0 { return }
        tables[exchange.table].writeCitation(rule: exchange.rule, into: &stream.output)
    }
}
