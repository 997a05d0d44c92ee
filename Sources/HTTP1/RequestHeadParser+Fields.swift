extension RequestHeadParser {
    /// Takes a line by whose value the gateway itself decides, before it joins the others.
    func consider(
        _ line: FieldLine, _ octets: Span<UInt8>, into head: inout RequestHead
    ) throws(MessageError) {
        let value = line.value
        switch line.known {
        case .host: try takeHost(line, octets, &head)
        case .contentLength, .transferEncoding: try takeFraming(line, octets, &head)
        case .connection:
            try head.connectionNames.take(
                value, octets, side: .request, options: &head.connection)
        case .upgrade:
            // Two lines could be read as one list or as either: such a wish is not granted.
            head.upgrade = head.fields.contains(.upgrade) ? .empty : value
        case .expect where head.versionMinor == 1:
            var elements = ListElements(value)
            while let element = elements.next(octets) {
                // 100-continue
                if OctetText.word(octets, element) == 0x3130_302D_636F_6E74_696E_7565 {
                    head.expectsContinue = true
                }
            }
        case .te:
            var elements = ListElements(value)
            while let element = elements.next(octets) {
                // trailers
                if OctetText.word(octets, element) == 0x7472_6169_6C65_7273 {
                    head.takesTrailers = true
                }
            }
        case .maxForwards where head.method == .options || head.method == .trace:
            guard !head.fields.contains(.maxForwards),
                case .number(let count) = OctetText.decimal(octets, value.indices)
            else { throw fault(.badMaxForwards, at: Int(value.start)) }
            head.maxForwards = count
        default: break
        }
    }

    private func takeHost(
        _ line: FieldLine, _ octets: Span<UInt8>, _ head: inout RequestHead
    ) throws(MessageError) {
        guard !head.fields.contains(.host) else {
            throw fault(.repeatedHost, at: Int(line.name.start))
        }
        switch HostSyntax.parse(octets, line.value.indices) {
        case .failure(let misplaced): throw fault(.badHost, at: misplaced.offset)
        case .success(let parts):
            guard head.authority.isEmpty else { return }
            head.authorityOrHost = line.value
            head.host = parts.host
            head.port = parts.port
        }
    }

    private func takeFraming(
        _ line: FieldLine, _ octets: Span<UInt8>, _ head: inout RequestHead
    ) throws(MessageError) {
        let name = Int(line.name.start)
        let isLength = line.known == .contentLength
        guard !head.fields.contains(isLength ? .transferEncoding : .contentLength) else {
            throw fault(.transferEncodingWithContentLength, at: name)
        }
        if isLength {
            guard !head.fields.contains(.contentLength) else {
                throw fault(.repeatedContentLength, at: name)
            }
            head.framing = try .length(FramingFields.length(line.value, octets, side: .request))
        } else {
            guard head.versionMinor == 1 else { throw fault(.transferEncodingInHTTP10, at: name) }
            guard !head.fields.contains(.transferEncoding) else {
                throw fault(.repeatedTransferEncoding, at: name)
            }
            try FramingFields.requireChunked(line.value, octets, side: .request)
            head.framing = .chunked
        }
    }

    /// Judges the head as a whole, once its empty line is there.
    func finish(_ octets: Span<UInt8>, _ head: inout RequestHead) throws(MessageError) {
        head.octetCount = lines.position
        if head.versionMinor == 1 {
            guard head.fields.contains(.host) else {
                throw fault(.missingHost, at: lines.position &- 2)
            }
            head.keepAlive = !head.connection.contains(.close)
        } else {
            head.keepAlive =
                head.connection.contains(.keepAlive) && !head.connection.contains(.close)
            head.takesTrailers = false
        }
        if !head.upgrade.isEmpty {
            let isAsked = head.connection.contains(.upgrade) && head.versionMinor == 1
            if !isAsked || !UpgradeField.isTunnelled(head.upgrade, octets) {
                head.upgrade = .empty
            }
        }
        if !head.connectionNames.isEmpty { head.connectionNames.mark(&head.fields, octets) }
        // An Expect that ends here is none: the endpoint would wait for the body, and the client
        // for the endpoint.
        if let index = head.fields.firstIndex(of: .expect),
            head.fields[index].marks.contains(.hopByHop)
        {
            head.expectsContinue = false
        }
    }
}
