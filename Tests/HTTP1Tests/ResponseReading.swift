import HTTP1

/// What became of the octets of a response.
enum ResponseOutcome: Equatable {
    case complete(status: Int, framing: BodyFraming, keepAlive: Bool, fields: [String])
    case needMore
    case refused(String)
}

/// Parses a response as it arrives in pieces that end at the given counts.
func readResponse(
    _ octets: [UInt8], arriving counts: some Sequence<Int>, to method: Method = .get,
    upgradeAsked: Bool = false, limits: HeadLimits = .response
) -> ResponseOutcome {
    var parser = ResponseHeadParser(limits: limits)
    parser.begin(answering: method, upgradeAsked: upgradeAsked)
    var head = ResponseHead()
    for count in counts {
        do throws(MessageError) {
            guard try parser.parse(octets.span.extracting(0..<count), into: &head) == .needMore
            else {
                let fields = (0..<head.fields.count).map { index in
                    let line = head.fields[index]
                    return "\(String(octets, line.name)): \(String(octets, line.value))"
                }
                return .complete(
                    status: head.status, framing: head.framing, keepAlive: head.keepAlive,
                    fields: fields)
            }
        } catch {
            return .refused("\(error.category):\(error.kind.name) at octet \(error.offset)")
        }
    }
    return .needMore
}

/// Parses a response whole, octet by octet, and split at every point.
func everyReading(
    ofResponse text: String, to method: Method = .get, upgradeAsked: Bool = false,
    limits: HeadLimits = .response
) -> [ResponseOutcome] {
    let octets = Array(text.utf8)
    let whole = [octets.count]
    var outcomes = [
        readResponse(
            octets, arriving: whole, to: method, upgradeAsked: upgradeAsked, limits: limits),
        readResponse(
            octets, arriving: 0...octets.count, to: method, upgradeAsked: upgradeAsked,
            limits: limits),
    ]
    for split in octets.indices {
        outcomes.append(
            readResponse(
                octets, arriving: [split, octets.count], to: method, upgradeAsked: upgradeAsked,
                limits: limits))
    }
    return outcomes
}

/// A response head that must be good, and its octets.
func parsedResponse(
    _ text: String, to method: Method = .get, upgradeAsked: Bool = false
) throws(MessageError) -> (head: ResponseHead, octets: [UInt8]) {
    let octets = Array(text.utf8)
    var parser = ResponseHeadParser()
    parser.begin(answering: method, upgradeAsked: upgradeAsked)
    var head = ResponseHead()
    _ = try parser.parse(octets.span, into: &head)
    return (head, octets)
}
