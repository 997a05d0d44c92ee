import HTTP1

/// All that a response head says once it is parsed, to be compared.
struct ResponseRecord: Equatable {
    let octetCount: Int
    let status: Int
    let reason: OctetRange
    let versionMinor: UInt8
    let framing: BodyFraming
    let contentLength: Int64?
    let keepAlive: Bool
    let connection: ConnectionOptions
    let isInformational: Bool
    let lines: [FieldLine]

    init(_ head: inout ResponseHead) {
        octetCount = head.octetCount
        status = head.status
        reason = head.reason
        versionMinor = head.versionMinor
        framing = head.framing
        contentLength = head.contentLength
        keepAlive = head.keepAlive
        connection = head.connection
        isInformational = head.isInformational
        lines = (0..<head.fields.count).map { head.fields[$0] }
    }
}

/// What became of the octets of a response head.
enum ResponseOutcome: Equatable {
    case complete(ResponseRecord)
    case needMore
    case refused(MessageError)
}
