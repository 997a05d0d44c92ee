import HTTP1

/// A request head: judged alike however it arrives, taken only when a strict reader takes it too,
/// and the same request behind the gateway.
enum RequestHeadTarget {
    /// Limits that short inputs reach.
    private static let narrow = HeadLimits(
        requestLineOctetsMax: 64, headOctetsMax: 192, fieldLinesMax: 4)

    static func judge(_ octets: Span<UInt8>) throws(Broken) -> Set<MessageFault> {
        let choices = Choices(octets)
        var faults: Set<MessageFault> = []
        if case .refused(let error) = try read(octets, choices, narrow).outcome {
            faults.insert(error.kind)
        }
        var (outcome, reader) = try read(octets, choices, .request)
        if case .refused(let error) = outcome { faults.insert(error.kind) }
        var used = try RequestReader.used()
        try requireEqual(
            used.read(octets, .whole), outcome, "a parser used before judges as a new one does")
        guard case .complete(let record) = outcome else { return faults }
        let head = octets.extracting(0..<record.octetCount)
        let request = try StrictRequest(head)
        try request.check(record, head)
        let path: [UInt8]
        do throws(PathFault) {
            path = try canonicalPath(record, head)
        } catch {
            return faults.union([error.kind])
        }
        try ForwardedRequest(request, record, head, path: path, choices: choices)
            .check(&reader.head)
        return faults
    }

    /// Reads a head in every way.
    private static func read(
        _ octets: Span<UInt8>, _ choices: Choices, _ limits: HeadLimits
    ) throws(Broken) -> (outcome: RequestOutcome, reader: RequestReader) {
        var reader = RequestReader(limits: limits)
        let outcome = try reader.read(octets, .whole)
        for arrival in Arrival.others(choices, of: octets.count) {
            var other = RequestReader(limits: limits)
            try requireEqual(
                other.read(octets, arrival), outcome, "a head that arrives \(arrival)")
        }
        return (outcome, reader)
    }

    /// The path that goes on; none for an asterisk form.
    private static func canonicalPath(
        _ record: RequestRecord, _ octets: Span<UInt8>
    ) throws(PathFault) -> [UInt8] {
        let path = record.path
        if path.isEmpty { return record.form == .asterisk ? [] : [UInt8(ascii: "/")] }
        var buffer = [UInt8](repeating: 0, count: path.count)
        var span = buffer.mutableSpan
        let count = try CanonicalPath.form(of: octets.extracting(path.indices), into: &span)
        return count.map { Array(buffer[..<$0]) } ?? Octets.array(octets, path.indices)
    }
}
