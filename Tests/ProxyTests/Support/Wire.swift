import Reactor

/// A connection as a test uses it: blocking, in octets, with a limit on every wait.
final class Wire {
    /// Why a test's connection could not go on.
    enum Fault: Error {
        case timeUp(got: String)
        case ended(got: String)
        case failed(errno: Int32)
    }

    private var loop: EventLoop
    private let socket: Socket
    private var buffer = Buffer(capacity: 1 << 16)
    private var waiting: [UInt8] = []
    private var hasEnded = false
    private let token = Token(kind: 1, index: 1, generation: 1)

    /// How long any one wait may take.
    var limitMs: Int32 = 10_000

    init(_ socket: consuming Socket) throws {
        self.socket = socket
        loop = try EventLoop(timerCapacity: 1)
        try loop.register(self.socket, token: token)
    }

    /// Connects to a port of this machine.
    static func connect(_ port: UInt16) throws -> Wire {
        guard let address = SocketAddress(numeric: "127.0.0.1", port: port) else {
            throw Fault.failed(errno: 0)
        }
        var isPending = false
        return try Wire(Socket.connecting(to: address, isPending: &isPending))
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ octets: [UInt8]) throws {
        var out = Buffer(capacity: max(1, octets.count))
        out.append(octets.span)
        while !out.isEmpty {
            switch socket.send(&out) {
            case .moved: break
            case .blocked, .ended: try wait()
            case .failed(let errno):
                // Not connected yet shows as ENOTCONN or EAGAIN until the event comes.
                if errno != 107 { throw Fault.failed(errno: errno) }
                try wait()
            }
        }
    }

    /// Writes what the kernel takes without waiting for the peer.
    ///
    /// - Returns: octets taken.
    func sendSome(_ octets: [UInt8]) throws -> Int {
        var out = Buffer(capacity: max(1, octets.count))
        out.append(octets.span)
        switch socket.send(&out) {
        case .moved(let taken): return taken
        case .blocked, .ended: return 0
        case .failed(let errno): throw Fault.failed(errno: errno)
        }
    }

    func endWriting() {
        socket.endWriting()
    }

    /// Reads up to and with a sequence of octets.
    func read(through mark: String) throws -> String {
        let mark = Array(mark.utf8)
        while true {
            if let end = position(of: mark) { return text(take(end + mark.count)) }
            try more()
        }
    }

    /// Reads so many octets.
    func read(_ count: Int) throws -> [UInt8] {
        while waiting.count < count { try more() }
        return take(count)
    }

    /// Reads so many octets and forgets them.
    func discard(_ count: Int) throws {
        var left = count - min(count, waiting.count)
        _ = take(count - left)
        while left > 0 {
            if hasEnded { throw Fault.ended(got: "") }
            _ = try fill()
            let taken = min(left, waiting.count)
            left -= taken
            _ = take(taken)
        }
    }

    /// Reads a chunk and forgets its data.
    ///
    /// - Returns: its octets; 0 for the last one, behind which no trailer may come.
    func discardChunk() throws -> Int {
        let line = try read(through: "\r\n")
        guard let count = Int(line.trimmingSuffix(), radix: 16) else {
            throw Fault.ended(got: line)
        }
        try discard(count + 2)
        return count
    }

    /// Sends zeros.
    func sendZeros(_ count: Int) throws {
        let zeros = [UInt8](repeating: 0, count: min(count, 1 << 16))
        var left = count
        while left > 0 {
            let octets = left < zeros.count ? Array(zeros[0..<left]) : zeros
            try send(octets)
            left -= octets.count
        }
    }

    /// Sends a chunk of zeros; of 0 octets, the last.
    func sendZeroChunk(_ count: Int) throws {
        try send("\(String(count, radix: 16))\r\n")
        try sendZeros(count)
        try send("\r\n")
    }

    /// Reads until the peer ends the connection in order.
    func readToEnd() throws -> String {
        while !hasEnded { _ = try fill() }
        return text(take(waiting.count))
    }

    /// Whether the connection ends, in order or by a reset, before anything else comes.
    func endsWithoutMore() -> Bool {
        do {
            while !hasEnded { if try fill() > 0 { return false } }
            return waiting.isEmpty
        } catch Fault.failed {
            return true
        } catch {
            return false
        }
    }

    /// Whether anything comes, or the connection ends, within a time.
    func isSilent(forMs limit: Int32) -> Bool {
        let former = limitMs
        limitMs = limit
        defer { limitMs = former }
        do {
            return try fill() == 0 && !hasEnded
        } catch Fault.timeUp {
            return true
        } catch {
            return false
        }
    }

    /// Reads a message's head, its empty line included.
    func readHead() throws -> Head {
        Head(try read(through: "\r\n\r\n"))
    }

    /// Reads a response whose body has a length or chunks.
    func readResponse() throws -> Response {
        let head = try readHead()
        return Response(head: head, body: try readBody(of: head))
    }

    /// Reads the body that a head announces.
    func readBody(of head: Head) throws -> [UInt8] {
        if let length = head["content-length"].flatMap({ Int($0) }) { return try read(length) }
        guard head["transfer-encoding"] == "chunked" else { return [] }
        var body: [UInt8] = []
        while true {
            let line = try read(through: "\r\n").dropLast(1)
            let size = Int(line.trimmingSuffix(), radix: 16) ?? -1
            if size < 0 { throw Fault.failed(errno: -1) }
            if size == 0 { break }
            body += try read(size)
            _ = try read(2)
        }
        while try read(through: "\r\n") != "\r\n" {}
        return body
    }

    private func position(of mark: [UInt8]) -> Int? {
        guard waiting.count >= mark.count else { return nil }
        return (0...(waiting.count - mark.count)).first { start in
            (0..<mark.count).allSatisfy { waiting[start + $0] == mark[$0] }
        }
    }

    private func take(_ count: Int) -> [UInt8] {
        let taken = Array(waiting[0..<count])
        waiting.removeSubrange(0..<count)
        return taken
    }

    private func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }

    private func more() throws {
        if hasEnded { throw Fault.ended(got: text(waiting)) }
        _ = try fill()
    }

    /// Reads what is there, after waiting for it.
    private func fill() throws -> Int {
        while true {
            buffer.clear()
            switch socket.receive(into: &buffer) {
            case .moved(let count):
                Wire.copy(buffer, into: &waiting)
                return count
            case .ended:
                hasEnded = true
                return 0
            case .blocked: try wait()
            case .failed(let errno):
                if errno != 107 { throw Fault.failed(errno: errno) }
                try wait()
            }
        }
    }

    private static func copy(_ buffer: borrowing Buffer, into octets: inout [UInt8]) {
        let span = buffer.span
        for index in span.indices { octets.append(span[index]) }
    }

    private func wait() throws {
        // In slices: a machine that stood still for a while has not waited for us meanwhile.
        let sliceMs: Int32 = 50
        for _ in 0..<max(1, limitMs / sliceMs) {
            if loop.wait(atMostMs: sliceMs) > 0 { return }
        }
        throw Fault.timeUp(got: text(waiting))
    }
}

/// A message's head as a test looks at it.
struct Head {
    let startLine: String
    let fields: [(name: String, value: String)]

    init(_ text: String) {
        var lines = text.split(separator: "\r\n", omittingEmptySubsequences: true)
        startLine = lines.isEmpty ? "" : String(lines.removeFirst())
        fields = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                parts[0].lowercased(), parts.count > 1 ? String(parts[1].dropFirst()) : ""
            )
        }
    }

    /// The value of a field that stands once, nil when it is not there or repeated.
    subscript(name: String) -> String? {
        let found = fields.filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }

    /// The number in a status line.
    var status: Int { Int(startLine.split(separator: " ").dropFirst().first ?? "") ?? 0 }
}

/// A response as a test looks at it.
struct Response {
    let head: Head
    let body: [UInt8]

    var status: Int { head.status }

    var text: String { String(decoding: body, as: UTF8.self) }
}

extension Substring {
    fileprivate func trimmingSuffix() -> Substring {
        var text = self
        while text.last == "\r\n" || text.last == "\r" || text.last == "\n" { text.removeLast() }
        return text
    }
}

extension String {
    fileprivate func trimmingSuffix() -> Substring { self[...].trimmingSuffix() }
}
