import HTTP1

/// All that a request head says once it is parsed, to be compared.
struct RequestRecord: Equatable {
    let octetCount: Int
    let method: Method
    let form: TargetForm
    let scheme: TargetScheme
    let versionMinor: UInt8
    let port: UInt16?
    let hasQuery: Bool
    let framing: BodyFraming
    let keepAlive: Bool
    let expectsContinue: Bool
    let connection: ConnectionOptions
    let takesTrailers: Bool
    let maxForwards: Int64?
    let methodName: OctetRange
    let target: OctetRange
    let authority: OctetRange
    let path: OctetRange
    let query: OctetRange
    let authorityOrHost: OctetRange
    let host: OctetRange
    let upgrade: OctetRange
    let lines: [FieldLine]
    let underscoreCount: Int

    init(_ head: inout RequestHead) {
        octetCount = head.octetCount
        method = head.method
        form = head.form
        scheme = head.scheme
        versionMinor = head.versionMinor
        port = head.port
        hasQuery = head.hasQuery
        framing = head.framing
        keepAlive = head.keepAlive
        expectsContinue = head.expectsContinue
        connection = head.connection
        takesTrailers = head.takesTrailers
        maxForwards = head.maxForwards
        methodName = head.methodName
        target = head.target
        authority = head.authority
        path = head.path
        query = head.query
        authorityOrHost = head.authorityOrHost
        host = head.host
        upgrade = head.upgrade
        lines = (0..<head.fields.count).map { head.fields[$0] }
        underscoreCount = head.fields.underscoreCount
    }
}

/// What became of the octets of a request.
enum RequestOutcome: Equatable {
    case complete(RequestRecord)
    case needMore
    case refused(MessageError)
}
