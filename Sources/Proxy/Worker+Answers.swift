internal import HTTP1
internal import Reactor

extension Worker {
    /// Octets that our own answer takes, at most, without a citation.
    private static let answerOctetsMax = 2048

    /// Answers a request with a failure of its own or of an endpoint's. The connection goes on
    /// when the request was read whole. May close the client.
    mutating func fail(_ client: Int, _ failure: Failure) {
        if clients[client].exchange.hasResponse { return cutShort(client) }
        let upstream = clients[client].exchange.upstream
        if upstream >= 0 {
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
        case .exchange:
            break
        case .idle, .head, .lingering:
            clients[client].phase = .exchange
            clients[client].exchange = Exchange()
            clients[client].exchange.startedMs = loop.nowMs
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
        loop.buffers.attachSmall(&clients[client].stream.output)
        clients[client].exchange.status = 204
        clients[client].stream.output.append("HTTP/1.1 204 No Content\r\nDate: ")
        clients[client].stream.output.append(date.text.span)
        clients[client].stream.output.append(
            "\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n")
        endAnswer(client)
    }

    private mutating func answer(_ client: Int, _ failure: Failure) {
        counters.ownResponses &+= 1
        writeProblem(failure)
        loop.buffers.attachSmall(&clients[client].stream.output)
        if clients[client].stream.output.room < Self.answerOctetsMax {
            loop.buffers.grow(&clients[client].stream.output)
        }
        clients[client].exchange.status = failure.status
        clients[client].writeAnswerHead(failure, bodyOctets: problem.count, date: date)
        clients[client].writeCitation(tables)
        endAnswer(client)
    }

    /// Writes the fields that every answer of ours ends with, the body, and sends it.
    private mutating func endAnswer(_ client: Int) {
        if !clients[client].exchange.keepsAlive {
            clients[client].stream.output.append("Connection: close\r\n")
        } else if clients[client].exchange.versionMinor == 0 {
            clients[client].stream.output.append("Connection: keep-alive\r\n")
        }
        clients[client].stream.output.append("\r\n")
        if clients[client].exchange.status != 204 && clients[client].exchange.method != .head {
            clients[client].stream.output.append(from: problem, at: 0, count: problem.count)
        }
        clients[client].exchange.hasResponse = true
        clients[client].exchange.response = .complete
        releaseTable(of: client)
        pumpResponse(client)
    }

    /// Writes the problem document (RFC 9457) into `problem`.
    private mutating func writeProblem(_ failure: Failure) {
        problem.clear()
        var writer = OctetWriter(taking: &problem)
        writer.append("{\"type\":\"about:blank\",\"title\":\"")
        writer.append(failure.title)
        writer.append("\",\"status\":")
        writer.append(decimal: UInt64(failure.status))
        writer.append(",\"detail\":\"")
        writer.append(failure.detail)
        writer.append("\",\"kind\":\"")
        failure.writeName(into: &writer)
        if case .message(let error) = failure {
            writer.append("\",\"octet\":")
            writer.append(decimal: UInt64(max(0, error.offset)))
            writer.append("}\n")
        } else {
            writer.append("\"}\n")
        }
        writer.giveBack(to: &problem)
    }
}

extension Client {
    /// Passes over a body that lies in the input already, whole: it need not end the connection.
    fileprivate mutating func skipBodyAtHand() {
        guard case .length(let octets) = exchange.request,
            Int64(stream.input.count - exchange.passed) >= octets
        else { return }
        exchange.passed += Int(octets)
        exchange.request = .complete
    }
}

extension Failure {
    /// Writes the name that `Commonway-Error` carries.
    func writeName(into output: inout OctetWriter) {
        if case .message(let error) = self {
            error.writeName(into: &output)
        } else {
            output.append(name)
        }
    }
}

extension Client {
    /// Writes the head of our own answer up to the fields that depend on the exchange.
    fileprivate mutating func writeAnswerHead(
        _ failure: Failure, bodyOctets: Int, date: DateText
    ) {
        var writer = OctetWriter(taking: &stream.output)
        writer.append("HTTP/1.1 ")
        writer.append(decimal: UInt64(failure.status))
        writer.append(0x20)
        writer.append(failure.title)
        writer.append("\r\nDate: ")
        writer.append(date.text.span)
        writer.append("\r\nContent-Type: application/problem+json\r\nContent-Length: ")
        writer.append(decimal: UInt64(bodyOctets))
        writer.append("\r\nCommonway-Error: ")
        failure.writeName(into: &writer)
        writer.append("\r\n")
        if failure.status == 405 {
            writer.append("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n")
        }
        writer.giveBack(to: &stream.output)
    }
}
