import Foundation
import Reactor

/// One look at a server on 127.0.0.1, to learn whether it is ready and does what it should.
enum Door {
    /// What came back.
    struct Answer {
        /// The status, 0 when no status line came.
        let status: Int
        /// The head, in lower case.
        let head: String
        /// What came after the head.
        let body: String

        /// Its octets.
        var bodyOctets: Int { body.utf8.count }
    }

    private static let answerOctetsMax = 64 * 1024
    private static let secondsMax = 5.0
    private static let lookSeconds = 0.001

    /// A port that nobody listens on now. The kernel deals them out in no order that another
    /// process would follow, so it is still free a moment later.
    ///
    /// - Throws: ``BenchFault/address(_:)``.
    static func freePort() throws(BenchFault) -> UInt16 {
        guard let any = SocketAddress(numeric: "127.0.0.1", port: 0) else {
            throw .address("127.0.0.1 is no address here")
        }
        do throws(SystemError) {
            return try Listener.sharing(any).address.port
        } catch {
            throw .address("no port is free on 127.0.0.1: error \(error.code)")
        }
    }

    /// Asks once, on a connection that ends with the answer.
    ///
    /// - Throws: ``BenchFault/address(_:)`` when nobody answers in time.
    static func ask(
        port: UInt16, host: String, path: String
    ) throws(BenchFault) -> Answer {
        try exchange(
            port: port,
            "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n",
            awaitsBody: true)
    }

    /// Hands in JSON, on a connection that ends with the answer.
    ///
    /// - Throws: ``BenchFault/address(_:)`` when nobody answers in time.
    static func post(port: UInt16, path: String, json: String) throws(BenchFault) -> Answer {
        try exchange(
            port: port,
            "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n"
                + json,
            awaitsBody: true)
    }

    /// Asks once, in the words given, and looks at the answer's status alone.
    ///
    /// - Throws: ``BenchFault/address(_:)`` when nobody answers in time.
    static func status(port: UInt16, asking text: String) throws(BenchFault) -> Int {
        try exchange(port: port, text, awaitsBody: false).status
    }

    private static func exchange(
        port: UInt16, _ text: String, awaitsBody: Bool
    ) throws(BenchFault) -> Answer {
        let place = "127.0.0.1:\(port)"
        let limit = Date(timeIntervalSinceNow: secondsMax)
        let socket = try connected(to: port)
        let octets = Array(text.utf8)
        var request = Buffer(capacity: max(1, octets.count))
        request.append(octets.span)
        while !request.isEmpty {
            try pause(place, after: socket.send(&request), until: limit, "take a request")
        }
        var answer = Buffer(capacity: answerOctetsMax)
        while answer.room > 0 {
            let transfer = socket.receive(into: &answer)
            if transfer == .ended { break }
            if !awaitsBody, read(answer).status != 0 { break }
            try pause(place, after: transfer, until: limit, "answer")
        }
        return read(answer)
    }

    private static func connected(to port: UInt16) throws(BenchFault) -> Socket {
        guard let address = SocketAddress(numeric: "127.0.0.1", port: port) else {
            throw .address("127.0.0.1:\(port) is no address")
        }
        var isPending = false
        do throws(SystemError) {
            return try Socket.connecting(to: address, isPending: &isPending)
        } catch {
            throw .address("127.0.0.1:\(port) cannot be reached: error \(error.code)")
        }
    }

    /// Waits a little when a transfer could not be made yet, and throws when it never will.
    private static func pause(
        _ place: String, after transfer: Transfer, until limit: Date, _ what: String
    ) throws(BenchFault) {
        switch transfer {
        case .moved: return
        case .ended: throw .address("\(place) ended the connection")
        case .failed(let code): throw .address("\(place) broke off: error \(code)")
        case .blocked:
            guard Date() < limit else { throw .address("\(place) did not \(what) in time") }
            Thread.sleep(forTimeInterval: lookSeconds)
        }
    }

    private static func read(_ buffer: borrowing Buffer) -> Answer {
        let span = buffer.span
        var octets: [UInt8] = []
        octets.reserveCapacity(span.count)
        for index in span.indices { octets.append(span[index]) }
        let text = String(decoding: octets, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else {
            return Answer(status: 0, head: text, body: "")
        }
        let head = text[..<end.lowerBound].lowercased()
        let words = head.split(separator: " ", maxSplits: 2)
        return Answer(
            status: words.count > 1 ? Int(words[1]) ?? 0 : 0, head: head,
            body: String(text[end.upperBound...]))
    }
}
