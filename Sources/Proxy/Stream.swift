internal import HTTP1
internal import Reactor

/// One connection as either side uses it: a socket, the octets that came and were not used yet,
/// the octets that are to go, and what is known of the socket's state.
///
/// The kernel reports edges, so what it said is kept: `mayRead` until a read comes back short,
/// `isBlocked` until it says that there is room to write. That way no system call is made that
/// is known to be in vain.
struct Stream: ~Copyable {
    let socket: Socket
    var input = Buffer()
    var output = Buffer()

    /// There may be octets to read.
    var mayRead = false

    /// The kernel took less than we had.
    var isBlocked = false

    /// The peer ended its direction, or the connection broke: read on until that shows.
    var peerEnded = false

    /// The end was read; nothing more comes.
    var hasEnded = false

    /// Our direction was ended in order.
    var hasEndedWriting = false

    /// Reading or writing failed; the errno, 0 as long as all is well.
    var failure: Int32 = 0

    init(socket: consuming Socket) {
        self.socket = socket
    }

    /// Notes what an event says.
    mutating func note(_ readiness: Readiness) {
        if readiness.isReadable { mayRead = true }
        if readiness.isPeerEnded || readiness.isFailed {
            mayRead = true
            peerEnded = true
        }
        if readiness.isWritable { isBlocked = false }
    }

    /// Reads once into the room that `input` has.
    ///
    /// - Returns: octets read; 0 when nothing can be read now (`hasEnded` and `failure` say
    ///   whether anything ever will).
    mutating func fill() -> Int {
        if !mayRead || hasEnded || failure != 0 { return 0 }
        let room = input.room
        switch socket.receive(into: &input) {
        case .moved(let octets):
            if octets < room && !peerEnded { mayRead = false }
            return octets
        case .blocked:
            mayRead = false
        case .ended:
            mayRead = false
            hasEnded = true
        case .failed(let code):
            mayRead = false
            failure = code
        }
        return 0
    }

    /// Writes once what waits in `output`.
    ///
    /// - Returns: whether all of it went.
    mutating func flush() -> Bool {
        if output.isEmpty { return true }
        if isBlocked || failure != 0 { return false }
        if case .failed(let code) = socket.send(&output) {
            failure = code
            return false
        }
        if output.isEmpty { return true }
        isBlocked = true
        return false
    }

    /// Writes once: `output`, then a part of another stream's input.
    ///
    /// - Returns: octets taken of that part.
    mutating func flush(
        then source: borrowing Buffer, at offset: Int, count: Int
    ) -> Int {
        if isBlocked || failure != 0 { return 0 }
        switch socket.send(&output, then: source, at: offset, count: count) {
        case .moved(let octets):
            if octets < count || !output.isEmpty { isBlocked = true }
            return octets
        case .failed(let code):
            failure = code
        case .blocked, .ended:
            isBlocked = true
        }
        return 0
    }
}

extension Stream {
    /// Ends our direction in order, once.
    mutating func endWriting() {
        if hasEndedWriting { return }
        hasEndedWriting = true
        socket.endWriting()
    }

    /// Breaks the connection, so that the peer sees a reset.
    consuming func abort() {
        socket.abort()
    }
}

extension Buffer {
    /// Whether octets from an offset on hold a line feed, or so much waits without one that it
    /// is for the parser to say that it is too much.
    ///
    /// - Parameter most: the octets of a line that the parser takes.
    func hasLineEnd(from offset: Int, most: Int) -> Bool {
        let octets = span
        for index in offset..<octets.count where octets[index] == 0x0A { return true }
        return octets.count >= most
    }
}
