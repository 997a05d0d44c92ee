internal import HTTP1
internal import Reactor

/// What filters do to requests and answers, and what a rule answers by itself.
extension Worker {
    /// Begins what a rule's filters, timeouts and retries ask for.
    ///
    /// - Returns: whether the request goes on; if not, it was answered, and the client may be
    ///   closed.
    mutating func beginProgram(_ client: Int, _ program: Int) -> Bool {
        let table = clients[client].exchange.table
        let settings = tables[table].filters.programs[program]
        clients[client].exchange.program = program
        if settings.cors >= 0 {
            noteOrigin(client, settings.cors)
            if isPreflight(client) {
                answerPreflight(client, settings.cors)
                return false
            }
        }
        if settings.lacksSecret {
            fail(client, .secretMissing)
            return false
        }
        clients[client].exchange.hasMirrors = !settings.mirrors.isEmpty
        clients[client].exchange.retriesLeft = settings.retries
        clients[client].exchange.backoffMs = settings.backoffMs
        clients[client].exchange.tryMs = settings.tryMs
        clients[client].exchange.firstOctetMs = settings.firstOctetMs
        if settings.requestMs > 0 {
            clients[client].exchange.deadlineMs = loop.nowMs + settings.requestMs
            loop.timers.arm(client, atMs: clients[client].exchange.deadlineMs)
        }
        return true
    }

    /// Answers what a rule answers without a backend: a preflight, or a redirect.
    ///
    /// - Returns: whether it was answered; the client may be closed then.
    mutating func answersItself(_ client: Int, _ program: Int) -> Bool {
        let table = clients[client].exchange.table
        let settings = tables[table].filters.programs[program]
        if settings.cors >= 0, isPreflight(client) {
            noteOrigin(client, settings.cors)
            answerPreflight(client, settings.cors)
            return true
        }
        if settings.redirect < 0 { return false }
        clients[client].exchange.program = program
        if settings.cors >= 0 { noteOrigin(client, settings.cors) }
        answerRedirect(client, program)
        return true
    }

    /// Marks what does not go on of the head in `requestHead`, and changes its path.
    ///
    /// - Returns: whether there was room for the path.
    mutating func applyRequestFilters(_ client: Int, _ program: Int) -> Bool {
        let table = clients[client].exchange.table
        tables[table].filters.dropRequestFields(
            program, of: &requestHead, in: clients[client].stream.input)
        return tables[table].filters.changePath(
            &canonicalPath, program, prefixOctets: clients[client].exchange.prefixOctets,
            in: clients[client].stream.input)
    }

    /// Whether a browser asks by the request in `requestHead` if it may send another.
    private mutating func isPreflight(_ client: Int) -> Bool {
        requestHead.isPreflight(in: clients[client].stream.input)
    }

    /// Writes what the answer will say of the request's origin.
    private mutating func noteOrigin(_ client: Int, _ policy: Int) {
        let table = clients[client].exchange.table
        loop.buffers.attachTiny(&clients[client].answerLines)
        clients[client].answerLines.clear()
        // The storage is taken out of the client, whose input the origin is read from.
        var lines = Buffer()
        swap(&clients[client].answerLines, &lines)
        tables[table].filters.writeOrigin(
            &requestHead, in: clients[client].stream.input, policy: policy, into: &lines)
        // An origin too long for a browser's: half a line must not meet the next.
        if lines.overflowed { lines.clear() }
        swap(&clients[client].answerLines, &lines)
    }

    private mutating func answerPreflight(_ client: Int, _ policy: Int) {
        beginAnswer(client, status: 204, title: "No Content")
        let table = clients[client].exchange.table
        var output = Buffer()
        swap(&clients[client].stream.output, &output)
        tables[table].filters.writePreflight(
            &requestHead, in: clients[client].stream.input, policy: policy, into: &output)
        swap(&clients[client].stream.output, &output)
        finishAnswer(client)
    }

    private mutating func answerRedirect(_ client: Int, _ program: Int) {
        let table = clients[client].exchange.table
        let settings = tables[table].filters.programs[program]
        let redirect = tables[table].filters.redirects[settings.redirect]
        if !applyRequestFilters(client, program) {
            return refuse(client, .headTooLargeToForward)
        }
        let isSecure = clients[client].isTrusted && saysSecure(client)
        let origin = RequestOrigin(
            isSecure: isSecure, port: askedPort(client, isSecure: isSecure))
        beginAnswer(client, status: redirect.status, title: ServedRedirect.title(redirect.status))
        if !redirect.isWithoutLocation {
            var output = Buffer()
            swap(&clients[client].stream.output, &output)
            tables[table].filters.writeLocation(
                of: redirect, asked: origin, &requestHead, path: canonicalPath,
                in: clients[client].stream.input, into: &output)
            swap(&clients[client].stream.output, &output)
            if clients[client].stream.output.overflowed {
                return refuse(client, .headTooLargeToForward)
            }
        }
        clients[client].stream.output.append("Content-Length: 0\r\n")
        clients[client].writeResponseLines(tables, program)
        finishAnswer(client)
    }

    /// The port that the client asked for: what a trusted peer says, else the listener's.
    private mutating func askedPort(_ client: Int, isSecure: Bool) -> Int {
        let own = Int(clients[client].listenerPort)
        if !clients[client].isTrusted { return own > 0 ? own : Int(requestHead.port ?? 80) }
        let said = requestHead.forwardedPort(in: clients[client].stream.input)
        if said > 0 { return said }
        if isSecure { return 443 }
        return own > 0 ? own : Int(requestHead.port ?? 80)
    }

    /// Begins an answer of ours that has no body.
    private mutating func beginAnswer(_ client: Int, status: Int, title: StaticString) {
        counters.add(.ownResponses)
        problem.clear()
        clients[client].skipBodyAtHand()
        if !clients[client].exchange.isRequestWhole || stopAtMs != .max {
            clients[client].exchange.keepsAlive = false
        }
        clients[client].exchange.status = status
        loop.buffers.attachSmall(&clients[client].stream.output)
        loop.buffers.grow(&clients[client].stream.output)
        clients[client].stream.output.append("HTTP/1.1 ")
        clients[client].stream.output.append(decimal: status)
        clients[client].stream.output.append(" ")
        clients[client].stream.output.append(title)
        clients[client].stream.output.append("\r\nDate: ")
        clients[client].stream.output.append(date.text.span)
        clients[client].stream.output.append("\r\n")
    }

    private mutating func finishAnswer(_ client: Int) {
        clients[client].writeOriginLines()
        if citesRoutes { clients[client].writeCitation(tables) }
        endAnswer(client)
    }
}

/// How the client asked.
struct RequestOrigin {
    let isSecure: Bool
    let port: Int
}

extension ServedRedirect {
    /// The reason phrase of a redirect's status.
    static func title(_ status: Int) -> StaticString {
        switch status {
        case 301: "Moved Permanently"
        case 303: "See Other"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        default: "Found"
        }
    }
}

extension Buffer {
    /// Appends a number in decimal digits.
    mutating func append(decimal number: Int) {
        var writer = OctetWriter(taking: &self)
        writer.append(decimal: UInt64(clamping: number))
        writer.giveBack(to: &self)
    }
}

extension Client {
    /// Writes the lines that filters add to a response, and those about the request's origin.
    mutating func writeAnswerLines(_ tables: borrowing Slab<ServedTable>, _ program: Int) {
        writeResponseLines(tables, program)
        writeOriginLines()
    }

    /// Writes what the answer says of the request's origin.
    mutating func writeOriginLines() {
        var lines = Buffer()
        swap(&answerLines, &lines)
        stream.output.append(from: lines, at: 0, count: lines.count)
        swap(&answerLines, &lines)
    }

    /// Writes the lines that header filters add to a response.
    mutating func writeResponseLines(_ tables: borrowing Slab<ServedTable>, _ program: Int) {
        if exchange.table < 0 { return }
        tables[exchange.table].filters.writeResponseLines(program, into: &stream.output)
    }
}
