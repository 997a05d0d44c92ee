internal import HTTP1
internal import Reactor

extension ResponseHeadParser {
    /// Judges what waits in a buffer; see `parse(_:into:)`.
    mutating func parse(
        _ input: borrowing Buffer, into head: inout ResponseHead
    ) throws(MessageError) -> HeadProgress {
        try parse(input.span, into: &head)
    }
}

extension Worker {
    /// Reads the endpoint's heads up to the final one, which is written for the client.
    ///
    /// - Returns: whether the response can go on; if not, octets are missing or the exchange
    ///   ended, and the client may be closed.
    mutating func readResponseHead(_ client: Int, _ upstream: Int) -> Bool {
        var mayHaveLine = false
        while true {
            if mayHaveLine {
                switch parseResponseHead(client, upstream) {
                case .needMore: break
                case .final: return true
                case .interim:
                    mayHaveLine = !upstreams[upstream].stream.input.isEmpty
                    // What was written so far goes out before the next is waited for.
                    if !clients[client].stream.flush() && clients[client].stream.failure != 0 {
                        closeClient(client)
                        return false
                    }
                    if mayHaveLine { continue }
                case .refused: return false
                }
            }
            if !makeHeadRoom(upstream) {
                fail(client, .responseHeadCut)
                return false
            }
            let before = upstreams[upstream].stream.input.count
            let octets = upstreams[upstream].stream.fill()
            if octets == 0 { return waitForResponse(client, upstream) }
            // Not progress: the time for an answer is for all of its head, or one that drips in
            // would never be over. Each interim head begins it anew.
            upstreams[upstream].hasAnswered = true
            mayHaveLine = hasResponseLine(upstream, from: before)
        }
    }

    enum HeadOutcome {
        case needMore
        case interim
        case final
        /// Nothing goes on here: the exchange ended, or became a tunnel.
        case refused
    }

    private func hasResponseLine(_ upstream: Int, from offset: Int) -> Bool {
        // What begins without a line may be no HTTP at all; the parser says what it is.
        offset == 0
            || upstreams[upstream].stream.input.hasLineEnd(
                from: offset, most: HeadLimits.response.requestLineOctetsMax)
    }

    private mutating func makeHeadRoom(_ upstream: Int) -> Bool {
        loop.buffers.attachSmall(&upstreams[upstream].stream.input)
        if upstreams[upstream].stream.input.room > 0 { return true }
        upstreams[upstream].stream.input.compact()
        if upstreams[upstream].stream.input.room > 0 { return true }
        loop.buffers.grow(&upstreams[upstream].stream.input)
        return upstreams[upstream].stream.input.room > 0
    }

    private mutating func parseResponseHead(_ client: Int, _ upstream: Int) -> HeadOutcome {
        responseParser.begin(
            answering: clients[client].exchange.method,
            upgradeAsked: clients[client].exchange.asksUpgrade)
        do throws(MessageError) {
            let progress = try responseParser.parse(
                upstreams[upstream].stream.input, into: &responseHead)
            guard case .complete(let octets) = progress else { return .needMore }
            if responseHead.isInformational {
                upstreams[upstream].progressMs = loop.nowMs
                try passInterim(client, upstream)
                upstreams[upstream].stream.input.consume(octets)
                return .interim
            }
            if responseHead.status == 101 {
                changeProtocol(client, upstream, headOctets: octets)
                return .refused
            }
            if triesAgain(client, upstream) { return .refused }
            if !beginResponse(client, upstream) { return .refused }
            upstreams[upstream].stream.input.consume(octets)
            return .final
        } catch {
            badResponse(client, upstream, error)
            return .refused
        }
    }

    /// Passes an informational response to a client that knows them.
    private mutating func passInterim(_ client: Int, _ upstream: Int) throws(MessageError) {
        clients[client].exchange.interimCount += 1
        if clients[client].exchange.interimCount > ResponseHeadParser.informationalMax {
            throw MessageError(
                .tooManyInformational, side: .response, at: 0,
                limit: ResponseHeadParser.informationalMax)
        }
        if clients[client].exchange.versionMinor == 0 { return }
        loop.buffers.attachSmall(&clients[client].stream.output)
        // What does not fit is not passed on: a client can do without it.
        _ = writeResponseHead(client, upstream)
    }

    private mutating func badResponse(_ client: Int, _ upstream: Int, _ error: MessageError) {
        endpointFailed(upstreams[upstream].endpoint)
        fail(client, .message(error))
    }

    /// The endpoint takes up the protocol that the client asked for. May close the client.
    private mutating func changeProtocol(_ client: Int, _ upstream: Int, headOctets: Int) {
        if !clients[client].exchange.isRequestWhole {
            // What is left of the body and what follows it could not be told apart.
            return fail(client, .earlyUpgrade)
        }
        let endpoint = upstreams[upstream].endpoint
        endpointSucceeded(endpoint)
        noteEndpoint(client, endpoint)
        clients[client].exchange.status = 101
        clients[client].exchange.firstOctetUs = loop.nowUs
        if !writeFinalHead(client, upstream) { return }
        clients[client].exchange.hasResponse = true
        releaseTable(of: client)
        upstreams[upstream].stream.input.consume(headOctets)
        beginTunnel(client, upstream)
    }

    /// Decides how the final response in `responseHead` is framed for the client, and writes its
    /// head.
    ///
    /// - Returns: false when it cannot be written; the exchange was ended then.
    private mutating func beginResponse(_ client: Int, _ upstream: Int) -> Bool {
        endpointSucceeded(upstreams[upstream].endpoint)
        let isOld = clients[client].exchange.versionMinor == 0
        var keepsAlive = clients[client].exchange.keepsAlive && stopAtMs == .max
        clients[client].exchange.clientFraming = .asIs
        switch responseHead.framing {
        case .none:
            clients[client].exchange.response = .complete
        case .length(let octets):
            clients[client].exchange.response = octets == 0 ? .complete : .length(octets)
        case .chunked:
            clients[client].exchange.response = .chunked
            clients[client].exchange.clientFraming = isOld ? .asIs : .chunked
            if isOld { keepsAlive = false }
        case .untilClose:
            clients[client].exchange.response = .untilClose
            clients[client].exchange.clientFraming = isOld ? .asIs : .chunked
            if isOld { keepsAlive = false }
        }
        // A client that still waits for its 100 may or may not send the body now: nothing that
        // follows could be told apart.
        if clients[client].exchange.awaitsContinue && clients[client].exchange.interimCount == 0
            && !clients[client].exchange.isRequestWhole
        {
            keepsAlive = false
        }
        // A refusal before the request was whole: its rest will not be read, so the client is told
        // to begin anew. What streams both ways at once may well come to its end.
        if responseHead.status >= 300 && !clients[client].exchange.isRequestWhole {
            keepsAlive = false
        }
        clients[client].exchange.keepsAlive = keepsAlive
        clients[client].exchange.keepsUpstream =
            responseHead.keepAlive && responseHead.framing != .untilClose
            && !clients[client].exchange.isRequestAbandoned
        clients[client].exchange.status = responseHead.status
        clients[client].exchange.firstOctetUs = loop.nowUs
        upstreams[upstream].progressMs = loop.nowMs
        noteEndpoint(client, upstreams[upstream].endpoint)
        if !writeFinalHead(client, upstream) { return false }
        clients[client].exchange.hasResponse = true
        // From here on nothing is decided or repeated any more.
        releaseTable(of: client)
        if clients[client].exchange.isRequestWhole {
            clients[client].stream.input.consume(clients[client].exchange.passed)
            clients[client].exchange.passed = 0
            clients[client].exchange.headOctets = 0
            loop.buffers.detachIfEmpty(&clients[client].stream.input)
        }
        return true
    }

    /// No octets of a head are there to read: wait, or deal with the end of the connection.
    ///
    /// - Returns: false always: nothing goes on now.
    private mutating func waitForResponse(_ client: Int, _ upstream: Int) -> Bool {
        if upstreams[upstream].stream.hasEnded || upstreams[upstream].stream.failure != 0 {
            endpointLost(client, upstream)
            return false
        }
        loop.buffers.detachIfEmpty(&upstreams[upstream].stream.input)
        loop.buffers.detachIfEmpty(&clients[client].stream.output)
        return false
    }

    /// The endpoint's connection ended before a response was there.
    private mutating func endpointLost(_ client: Int, _ upstream: Int) {
        let endpoint = upstreams[upstream].endpoint
        let exchange = clients[client].exchange
        if upstreams[upstream].hasAnswered {
            endpointFailed(endpoint)
            markTried(client, endpoint)
            return failOrRetry(client, .responseHeadCut, wasSent: true)
        }
        let isStale = upstreams[upstream].isReused && exchange.repeatCount == 0
        let mayRepeat = exchange.isRepeatable && exchange.method.isIdempotent
        if !isStale {
            endpointFailed(endpoint)
            markTried(client, endpoint)
        }
        // A stale connection says nothing of its endpoint; after a fresh one another has its turn.
        guard mayRepeat, isStale || exchange.repeatCount < Exchange.repeatCountMax,
            hasUsableEndpoint(client)
        else { return failOrRetry(client, .endpointClosed, wasSent: true) }
        clients[client].exchange.repeatCount += 1
        if isStale { clients[client].exchange.attempts -= 1 }
        clients[client].exchange.upstream = -1
        discardUpstream(upstream)
        counters.add(.retries)
        repeatRequest(client)
    }
}
