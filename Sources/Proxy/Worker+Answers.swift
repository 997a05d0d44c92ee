internal import HTTP1
internal import Reactor

extension Worker {
    /// Octets that our own answer takes, at most, without a citation.
    private static let answerOctetsMax = 2048

    /// Answers a request with a failure of its own or of an endpoint's. The connection goes on
    /// when the request was read whole. May close the client.
    mutating func fail(_ client: Int, _ failure: Failure) {
        clients[client].exchange.failure = failure
        if clients[client].exchange.hasResponse { return cutShort(client) }
        let upstream = clients[client].exchange.upstream
        if upstream >= 0 {
            noteEndpoint(client, upstreams[upstream].endpoint)
            clients[client].exchange.upstream = -1
            discardUpstream(upstream)
        }
        clients[client].skipBodyAtHand()
        if !clients[client].exchange.isRequestWhole || stopAtMs != .max {
            clients[client].exchange.keepsAlive = false
        }
        answer(client, failure)
    }

    /// Answers a request that cannot be trusted, and ends the connection. May close the client.
    mutating func refuse(_ client: Int, _ failure: Failure) {
        switch clients[client].phase {
        case .exchange, .tunnel:
            break
        case .preamble, .idle, .head, .lingering:
            clients[client].phase = .exchange
            clients[client].exchange = Exchange()
            clients[client].exchange.startedUs = loop.nowUs
            beginRefusedLine(client)
        }
        // What follows belongs to nothing.
        clients[client].exchange.request = .untilClose
        clients[client].exchange.keepsAlive = false
        fail(client, failure)
    }

    /// Answers `OPTIONS *`, and an OPTIONS whose Max-Forwards is used up (RFC 9110 §7.6.2).
    mutating func answerOptions(_ client: Int) {
        if !clients[client].exchange.isRequestWhole {
            clients[client].exchange.keepsAlive = false
        }
        problem.clear()
        loop.buffers.attachSmall(&clients[client].stream.output)
        clients[client].exchange.status = 204
        clients[client].stream.output.append("HTTP/1.1 204 No Content\r\nDate: ")
        clients[client].stream.output.append(date.text.span)
        clients[client].stream.output.append(
            "\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n")
        endAnswer(client)
    }

    private mutating func answer(_ client: Int, _ failure: Failure) {
        counters.add(.ownResponses)
        let isPage = prefersPage(client)
        problem.clear()
        if isPage { problem.writePage(failure) } else { problem.writeDocument(failure) }
        loop.buffers.attachSmall(&clients[client].stream.output)
        let needed = Self.answerOctetsMax + clients[client].answerLines.count
        if clients[client].stream.output.room < needed {
            loop.buffers.grow(&clients[client].stream.output)
        }
        clients[client].exchange.status = failure.status
        clients[client].writeAnswerHead(
            failure, isPage: isPage, bodyOctets: problem.count, date: date)
        // What scripts of other origins may see, they may see of failures too.
        clients[client].writeOriginLines()
        if citesRoutes { clients[client].writeCitation(tables) }
        endAnswer(client)
    }

    /// Writes the fields that every answer of ours ends with, the body, and sends it.
    mutating func endAnswer(_ client: Int) {
        if !clients[client].exchange.keepsAlive {
            clients[client].stream.output.append("Connection: close\r\n")
        } else if clients[client].exchange.versionMinor == 0 {
            clients[client].stream.output.append("Connection: keep-alive\r\n")
        }
        clients[client].stream.output.append("\r\n")
        if !problem.isEmpty && clients[client].exchange.method != .head {
            clients[client].stream.output.append(from: problem, at: 0, count: problem.count)
            clients[client].exchange.responseOctets = Int64(problem.count)
        }
        clients[client].exchange.hasResponse = true
        clients[client].exchange.response = .complete
        releaseTable(of: client)
        pumpResponse(client)
    }

    /// Whether the client would rather see a page than a problem document. Looks at the head
    /// once more, as long as it is there: failures are rare, and requests need not pay for them.
    private mutating func prefersPage(_ client: Int) -> Bool {
        if clients[client].exchange.headOctets == 0 { return false }
        requestParser.reset()
        do throws(MessageError) {
            _ = try requestParser.parse(clients[client].stream.input, into: &requestHead)
        } catch {
            return false
        }
        guard let index = requestHead.fields.firstIndex(of: .accept) else { return false }
        return clients[client].stream.input.prefersPage(requestHead.fields[index].value.indices)
    }
}

extension Client {
    /// Passes over a body that lies in the input already, whole: it need not end the connection.
    mutating func skipBodyAtHand() {
        guard case .length(let octets) = exchange.request,
            Int64(stream.input.count - exchange.passed) >= octets
        else { return }
        exchange.passed += Int(octets)
        exchange.request = .complete
    }
}

extension Client {
    /// Writes the head of our own answer up to the fields that depend on the exchange.
    fileprivate mutating func writeAnswerHead(
        _ failure: Failure, isPage: Bool, bodyOctets: Int, date: DateText
    ) {
        var writer = OctetWriter(taking: &stream.output)
        writer.append("HTTP/1.1 ")
        writer.append(decimal: UInt64(failure.status))
        writer.append(0x20)
        writer.append(failure.title)
        writer.append("\r\nDate: ")
        writer.append(date.text.span)
        writer.append("\r\nContent-Type: ")
        writer.append(isPage ? "text/html; charset=utf-8" : "application/problem+json")
        writer.append("\r\nContent-Length: ")
        writer.append(decimal: UInt64(bodyOctets))
        writer.append("\r\nCommonway-Error: ")
        failure.writeName(into: &writer)
        writer.append("\r\n")
        if failure.status == 405 {
            writer.append("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n")
        }
        // A cache may keep a 451 unless it is told not to (RFC 7725 §3), and would go on refusing
        // when the operator no longer does.
        if failure.status == 451 { writer.append("Cache-Control: no-store\r\n") }
        writer.giveBack(to: &stream.output)
    }
}
