import HTTP1

/// A request head taken out of its octets, to be compared.
struct ReadRequest: Equatable {
    var method = ""
    var form = TargetForm.origin
    var scheme = TargetScheme.none
    var path = ""
    var query: String?
    var versionMinor = 1
    var host = ""
    var port: UInt16?
    var authorityOrHost = ""
    var fields: [String] = []
    var framing = BodyFraming.none
    var keepAlive = true
    var expectsContinue = false
    var upgrade = ""
    var takesTrailers = false
    var octetCount = 0
}

/// What became of the octets of a request.
enum RequestOutcome: Equatable {
    case complete(ReadRequest)
    case needMore
    case refused(MessageError)
}

extension String {
    /// The text of a part of octets.
    init(_ octets: [UInt8], _ range: OctetRange) {
        self.init(decoding: octets[range.indices], as: UTF8.self)
    }
}

extension ReadRequest {
    init(_ head: inout RequestHead, _ octets: [UInt8]) {
        method = String(octets, head.methodName)
        form = head.form
        scheme = head.scheme
        path = String(octets, head.path)
        query = head.hasQuery ? String(octets, head.query) : nil
        versionMinor = Int(head.versionMinor)
        host = String(octets, head.host)
        port = head.port
        authorityOrHost = String(octets, head.authorityOrHost)
        for index in 0..<head.fields.count {
            let line = head.fields[index]
            fields.append("\(String(octets, line.name)): \(String(octets, line.value))")
        }
        framing = head.framing
        keepAlive = head.keepAlive
        expectsContinue = head.expectsContinue
        upgrade = String(octets, head.upgrade)
        takesTrailers = head.takesTrailers
        octetCount = head.octetCount
    }
}

/// Parses a request as it arrives in pieces that end at the given counts.
///
/// - Returns: The outcome, and how many octets had arrived at it.
func readRequest(
    _ octets: [UInt8], arriving counts: some Sequence<Int>, limits: HeadLimits = .request
) -> (outcome: RequestOutcome, arrived: Int) {
    var parser = RequestHeadParser(limits: limits)
    var head = RequestHead()
    var last = 0
    for count in counts {
        last = count
        do throws(MessageError) {
            let progress = try parser.parse(octets.span.extracting(0..<count), into: &head)
            if progress != .needMore {
                return (.complete(ReadRequest(&head, octets)), count)
            }
        } catch {
            return (.refused(error), count)
        }
    }
    return (.needMore, last)
}

/// Parses a request that arrives all at once.
func readRequest(_ text: String, limits: HeadLimits = .request) -> RequestOutcome {
    let octets = Array(text.utf8)
    return readRequest(octets, arriving: [octets.count], limits: limits).outcome
}

/// The outcomes when octets arrive all at once, one by one, and in two pieces split at every
/// point; the first is the one all at once.
func everyReading(of octets: [UInt8], limits: HeadLimits = .request) -> [RequestOutcome] {
    var outcomes = [readRequest(octets, arriving: [octets.count], limits: limits).outcome]
    outcomes.append(readRequest(octets, arriving: 0...octets.count, limits: limits).outcome)
    for split in octets.indices {
        outcomes.append(
            readRequest(octets, arriving: [split, octets.count], limits: limits).outcome)
    }
    return outcomes
}
