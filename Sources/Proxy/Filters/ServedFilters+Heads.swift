internal import HTTP1
internal import Reactor

/// Reading and writing heads by a program. Nothing here allocates.
extension ServedFilters {
    /// Marks the lines of a request that do not go on.
    func dropRequestFields(
        _ program: Int, of head: inout RequestHead, in input: borrowing Buffer
    ) {
        let octets = input.span
        for place in programs[program].requestDrops {
            head.fields.drop(texts.span(names[place]), in: octets)
        }
    }

    /// Marks the lines of a response that do not go on.
    func dropResponseFields(
        _ program: Int, of head: inout ResponseHead, in input: borrowing Buffer
    ) {
        let octets = input.span
        for place in programs[program].responseDrops {
            head.fields.drop(texts.span(names[place]), in: octets)
        }
    }

    /// Writes the lines that a response gets.
    func writeResponseLines(_ program: Int, into output: inout Buffer) {
        output.append(texts.span(programs[program].responseLines))
    }

    /// Changes a request's path.
    ///
    /// - Returns: whether there was room.
    func changePath(
        _ path: inout RequestPath, _ program: Int, prefixOctets: Int, in input: borrowing Buffer
    ) -> Bool {
        switch programs[program].pathChange {
        case .kept:
            path.keep()
            return true
        case .full:
            return path.replace(.max, by: texts.span(programs[program].path), in: input.span)
        case .prefix:
            return path.replace(
                prefixOctets, by: texts.span(programs[program].path), in: input.span)
        }
    }

    /// Whether a status is one that the route tries again.
    func retries(_ status: Int, program: Int) -> Bool {
        for place in programs[program].retryCodes where codes[place] == status { return true }
        return false
    }

    /// Writes `Location`: what the redirect names, and what was asked for the rest.
    func writeLocation(
        of redirect: ServedRedirect, asked: RequestOrigin, _ head: inout RequestHead,
        path: borrowing RequestPath, in input: borrowing Buffer, into output: inout Buffer
    ) {
        let octets = input.span
        output.append("Location: ")
        let host =
            redirect.host.isEmpty
            ? octets.extracting(head.host.indices) : texts.span(redirect.host)
        if host.count > 0 {
            // `https` and `http` differ in length.
            let isSecure = redirect.scheme.isEmpty ? asked.isSecure : redirect.scheme.count == 5
            output.append(isSecure ? "https://" : "http://")
            output.append(host)
            let known = isSecure ? 443 : 80
            let port =
                redirect.port > 0
                ? redirect.port : redirect.scheme.isEmpty ? asked.port : known
            if port != known {
                output.append(":")
                output.append(decimal: port)
            }
        }
        output.append(path.forwardedSpan(in: octets))
        if head.hasQuery {
            output.append("?")
            output.append(octets.extracting(head.query.indices))
        }
        output.append("\r\n")
    }
}

extension RequestHead {
    /// Where the value of a field stands that is there once; `nil` when it is missing or comes
    /// more than once.
    mutating func onlyValue(of name: [UInt8], in octets: Span<UInt8>) -> Range<Int>? {
        var found: Range<Int>?
        for index in 0..<fields.count {
            let line = fields[index]
            guard OctetText.equal(octets.extracting(line.name.indices), name.span) else {
                continue
            }
            if found != nil { return nil }
            found = line.value.indices
        }
        return found
    }

    /// Whether a browser asks by it if it may send another request (Fetch, CORS-preflight).
    mutating func isPreflight(in input: borrowing Buffer) -> Bool {
        guard method == .options, fields.contains(.origin) else { return false }
        return onlyValue(of: FieldName.requestMethod, in: input.span) != nil
    }

    /// The port that a trusted peer says was asked for; 0 when it says none.
    mutating func forwardedPort(in input: borrowing Buffer) -> Int {
        let octets = input.span
        guard let value = onlyValue(of: FieldName.forwardedPort, in: octets), value.count <= 5
        else {
            return 0
        }
        var port = 0
        for index in value {
            let digit = octets[index] &- 0x30
            if digit > 9 { return 0 }
            port = port * 10 + Int(digit)
        }
        return port <= 65_535 ? port : 0
    }
}

/// Names of fields that only filters look for, made once.
enum FieldName {
    static let origin = Array("origin".utf8)
    static let requestMethod = Array("access-control-request-method".utf8)
    static let requestHeaders = Array("access-control-request-headers".utf8)
    static let forwardedPort = Array("x-forwarded-port".utf8)
}
