import Reactor

/// What the backend says; made once.
struct BackendTexts: ~Copyable {
    /// The answer to an ordinary request, head and body.
    let small: Buffer
    /// A piece of any large body.
    let piece: Buffer
    /// The answer that opens a tunnel.
    let upgrade: [UInt8]

    private static let pieceOctets = 256 * 1024
    /// A field that any origin sends, so that no contender adds one where another does not.
    private static let fields =
        "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Type: text/plain\r\n"

    init() {
        let octets = Self.head(ofBody: Contender.bodyOctets) + Self.filling(Contender.bodyOctets)
        var small = Buffer(capacity: octets.count)
        small.append(octets.span)
        self.small = small
        var piece = Buffer(capacity: Self.pieceOctets)
        piece.append(Self.filling(Self.pieceOctets).span)
        self.piece = piece
        // The key that this accepts is the one that the load sends.
        upgrade = Array(
            ("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n").utf8)
    }

    static func head(ofBody octets: Int) -> [UInt8] {
        Array("HTTP/1.1 200 OK\r\n\(fields)Content-Length: \(octets)\r\n\r\n".utf8)
    }

    private static func filling(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x78, count: count) }
}

/// One connection of a contender to the backend: `/octets/N` is answered with N octets, an upgrade
/// with a tunnel that returns what it gets, and everything else with the one small body.
struct ServedConnection: ~Copyable {
    private let socket: Socket
    private var input = Buffer()
    /// Heads, and what a tunnel returns.
    private var output = Buffer()
    private var bodyLeft = 0
    private var bodyIsSmall = true
    private var isTunnel = false

    init(_ socket: consuming Socket) { self.socket = socket }

    /// Makes its events known to the loop.
    func register(in loop: borrowing EventLoop, token: Token) throws(SystemError) {
        try loop.register(socket, token: token)
    }

    /// Does what can be done now.
    ///
    /// - Parameter untilEnd: Whether the contender ended its direction, so that a short read is not
    ///   the last one.
    /// - Returns: Whether the connection goes on.
    mutating func turn(
        _ pool: inout BufferPool, _ texts: borrowing BackendTexts, untilEnd: Bool
    ) -> Bool {
        var isDry = false
        while true {
            guard let isWritten = write(texts) else { return false }
            // What is not written yet goes on with the event that says there is room again.
            if !isWritten { return true }
            pool.detachIfEmpty(&output)
            if take(&pool, texts) { continue }
            if isDry { break }
            pool.attachSmall(&input)
            switch socket.receive(into: &input) {
            case .moved: isDry = input.room > 0 && !untilEnd
            case .blocked: isDry = true
            case .ended, .failed: return false
            }
        }
        pool.detachIfEmpty(&input)
        return true
    }

    /// Takes a request or a message off the input and decides what follows.
    ///
    /// - Returns: Whether there is something to write now.
    private mutating func take(
        _ pool: inout BufferPool, _ texts: borrowing BackendTexts
    ) -> Bool {
        guard !input.isEmpty else { return false }
        if isTunnel {
            swap(&input, &output)
            return true
        }
        let scan = HeadScan(input.span)
        guard scan.octets > 0 else { return false }
        let size = scan.upgrades ? 0 : Self.bodyOctets(input.span)
        input.consume(scan.octets)
        if scan.upgrades {
            isTunnel = true
            pool.attachSmall(&output)
            output.append(texts.upgrade.span)
        } else if let size {
            bodyIsSmall = false
            bodyLeft = size
            pool.attachSmall(&output)
            output.append(BackendTexts.head(ofBody: size).span)
        } else {
            bodyIsSmall = true
            bodyLeft = texts.small.count
        }
        return true
    }

    /// Writes what is owed: whether all of it, or nil when the connection is broken.
    private mutating func write(_ texts: borrowing BackendTexts) -> Bool? {
        while bodyLeft > 0 || !output.isEmpty {
            let transfer =
                bodyIsSmall
                ? socket.send(
                    &output, then: texts.small, at: texts.small.count - bodyLeft, count: bodyLeft)
                : socket.send(
                    &output, then: texts.piece, at: 0, count: min(bodyLeft, texts.piece.count))
            switch transfer {
            case .moved(let octets): bodyLeft -= min(octets, bodyLeft)
            case .blocked: return false
            case .ended, .failed: return nil
            }
        }
        return true
    }

    /// N of `GET /octets/N`, or nil.
    private static func bodyOctets(_ span: Span<UInt8>) -> Int? {
        let prefix = largePrefix
        guard span.count > prefix.count else { return nil }
        for index in prefix.indices where span[index] != prefix[index] { return nil }
        return HeadScan.number(span, prefix.count)
    }

    private static let largePrefix = Array("GET /octets/".utf8)
}
