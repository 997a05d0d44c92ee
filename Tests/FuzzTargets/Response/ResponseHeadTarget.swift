import HTTP1

/// The heads of a response: judged alike however they arrive, taken only when a strict reader
/// takes them too, and the same response for the client.
enum ResponseHeadTarget {
    /// Limits that short inputs reach.
    private static let narrow = HeadLimits(headOctetsMax: 128, fieldLinesMax: 3)
    /// More heads than a response may have, so that the limit is met.
    private static let headsMax = ResponseHeadParser.informationalMax + 1

    static func judge(_ octets: Span<UInt8>) throws(Broken) -> Set<MessageFault> {
        let choices = Choices(octets)
        let asked = ResponseAsked(choices)
        var faults: Set<MessageFault> = []
        let strict = try read(octets, choices, narrow)
        if case .refused(let error) = strict { faults.insert(error.kind) }
        // As a proxy does: one parser for all heads, each beginning a span of its own.
        var reader = ResponseReader(asked, limits: .response)
        var start = 0
        for number in 0..<headsMax {
            let rest = octets.extracting(start..<octets.count)
            let outcome = try reader.read(rest, .whole)
            if number == 0 {
                try requireEqual(
                    outcome, try read(octets, choices, .response), "a new parser for each")
            }
            switch outcome {
            case .needMore: return faults
            case .refused(let error): return faults.union([error.kind])
            case .complete(let record):
                let head = rest.extracting(0..<record.octetCount)
                let response = try StrictResponse(head)
                try response.check(record, head, asked)
                try ForwardedResponse(response, record, head, choices, asked)
                    .check(&reader.head)
                guard record.isInformational else { return faults }
                start += record.octetCount
                reader.beginNext()
            }
        }
        throw Broken("more than \(ResponseHeadParser.informationalMax) informational heads")
    }

    /// Reads a first head in every way.
    private static func read(
        _ octets: Span<UInt8>, _ choices: Choices, _ limits: HeadLimits
    ) throws(Broken) -> ResponseOutcome {
        let asked = ResponseAsked(choices)
        var reader = ResponseReader(asked, limits: limits)
        let outcome = try reader.read(octets, .whole)
        for arrival in Arrival.others(choices, of: octets.count) {
            var other = ResponseReader(asked, limits: limits)
            try requireEqual(
                other.read(octets, arrival), outcome, "a head that arrives \(arrival)")
        }
        guard limits == .response else { return outcome }
        var used = try ResponseReader.used(asked)
        try requireEqual(
            used.read(octets, .whole), outcome, "a parser used before judges as a new one does")
        return outcome
    }
}
