internal import HTTP1
internal import Reactor
internal import Synchronization

/// The gateway's own door: metrics, health and what is kept of traffic, on loopback or a
/// Unix-domain path, read by the same parser as every client.
///
/// One thread that answers one request after another, each within a bounded time: who scrapes is
/// on this machine, and comes a few times a minute.
final class AdminListener: Sendable {
    /// What it is asked for.
    protocol Source: AnyObject, Sendable {
        /// Prometheus text (exposition format 0.0.4).
        var metricsText: String { get }
        /// Whether requests are answered by a ratified table.
        var isReady: Bool { get }
        /// What is kept of traffic, as JSON; nil where it is not counted.
        var trafficText: String? { get }
    }

    /// How long a request may take to come, and its answer to be taken, milliseconds.
    private static let requestMs: Int64 = 1_000

    /// How often the thread looks whether it should end, milliseconds.
    private static let lookMs: Int32 = 200

    let address: SocketAddress
    private let isStopped = Atomic<Bool>(false)
    private let ended: Wakeup

    /// Listens, and answers from a thread of its own.
    ///
    /// - Throws: `SystemError` when the address cannot be listened on.
    init(at wanted: SocketAddress, source: any Source) throws(SystemError) {
        let listener: Listener
        if wanted.family == .local {
            listener = try Listener.local(wanted, isPrivate: true)
        } else {
            listener = try Listener.alone(wanted)
        }
        address = listener.address
        ended = try Wakeup()
        let held = Mutex<Listener?>(listener)
        let box = HeldListener(held)
        try LoopThread.start(name: "gw-admin") { [weak source] in
            guard let listener = box.take() else { return }
            self.run(listener) { source }
        }
    }

    /// Stops listening; returns when it does.
    func stop() {
        isStopped.store(true, ordering: .sequentiallyConsistent)
        _ = ended.wait(timeoutMs: Int32(2 * Self.requestMs))
    }

    private func run(
        _ listener: consuming Listener, source: () -> (any Source)?
    ) {
        var parser = RequestHeadParser()
        var head = RequestHead()
        while !isStopped.load(ordering: .sequentiallyConsistent) {
            guard listener.waitReadable(atMostMs: Self.lookMs) else { continue }
            guard var peer = SocketAddress(numeric: "127.0.0.1", port: 0),
                let socket = try? listener.accept(peer: &peer), let source = source()
            else { continue }
            answer(socket, &parser, &head, source)
        }
        _ = consume listener
        Listener.removePath(of: address)
        ended.signal()
    }

    /// Reads one request and answers it.
    private func answer(
        _ socket: borrowing Socket, _ parser: inout RequestHeadParser, _ head: inout RequestHead,
        _ source: any Source
    ) {
        var input = Buffer(capacity: BufferPool.smallOctets)
        let untilMs = MonotonicClock.nowMs + Self.requestMs
        parser.reset()
        while true {
            let leftMs = untilMs - MonotonicClock.nowMs
            if leftMs <= 0 || !socket.waitReadable(atMostMs: Int32(leftMs)) { return }
            switch socket.receive(into: &input) {
            case .moved(let octets) where octets > 0: break
            case .blocked: continue
            case .moved, .ended, .failed: return
            }
            do throws(MessageError) {
                let progress = try parser.parse(input, into: &head)
                guard case .complete = progress else { continue }
                let answer = answer(head, input, source)
                // A week of traffic takes a moment to write down, which is not the client's fault.
                return send(
                    answer, over: socket, untilMs: MonotonicClock.nowMs + Self.requestMs)
            } catch {
                let answer = AdminAnswer(status: error.status, text: "\(error)\n")
                return send(answer, over: socket, untilMs: untilMs)
            }
        }
    }

    private func answer(
        _ head: RequestHead, _ input: borrowing Buffer, _ source: any Source
    ) -> AdminAnswer {
        guard head.method == .get || head.method == .head else {
            return AdminAnswer(status: 405, text: "GET and HEAD are answered here\n")
        }
        var answer: AdminAnswer
        switch input.text(head.path) {
        case "/metrics":
            answer = AdminAnswer(status: 200, text: source.metricsText)
            answer.type = "text/plain; version=0.0.4; charset=utf-8"
        case "/traffic":
            let text = source.trafficText
            answer = AdminAnswer(
                status: text == nil ? 404 : 200, text: text ?? "traffic is not counted here\n")
            if text != nil { answer.type = "application/json" }
        case "/healthz": answer = AdminAnswer(status: 200, text: "ok\n")
        case "/readyz":
            answer =
                source.isReady
                ? AdminAnswer(status: 200, text: "ready\n")
                : AdminAnswer(status: 503, text: "no verified route table is served\n")
        default:
            answer = AdminAnswer(
                status: 404, text: "there are /metrics, /traffic, /healthz and /readyz here\n")
        }
        answer.isHead = head.method == .head
        return answer
    }

    private func send(_ answer: AdminAnswer, over socket: borrowing Socket, untilMs: Int64) {
        let octets = answer.octets
        var output = Buffer(capacity: octets.count)
        output.append(octets.span)
        while !output.isEmpty {
            switch socket.send(&output) {
            case .moved: break
            case .blocked:
                let leftMs = untilMs - MonotonicClock.nowMs
                if leftMs <= 0 || !socket.waitWritable(atMostMs: Int32(leftMs)) { return }
            case .ended, .failed: return
            }
        }
        socket.endWriting()
    }

    /// Keeps the listener until the thread takes it.
    private final class HeldListener: Sendable {
        private let value: Mutex<Listener?>

        init(_ value: consuming Mutex<Listener?>) { self.value = value }

        func take() -> Listener? { value.withLock { $0.take() } }
    }
}

/// An answer of the admin listener: after it the connection ends.
struct AdminAnswer {
    let status: Int
    let text: String
    var type = "text/plain; charset=utf-8"
    var isHead = false

    /// The whole message.
    var octets: [UInt8] {
        let reason: String =
            switch status {
            case 200: "OK"
            case 404: "Not Found"
            case 405: "Method Not Allowed"
            case 503: "Service Unavailable"
            default: "Bad Request"
            }
        var head = "HTTP/1.1 \(status) \(reason)\r\nContent-Type: \(type)\r\n"
        head += "Content-Length: \(text.utf8.count)\r\nCache-Control: no-store\r\n"
        if status == 405 { head += "Allow: GET, HEAD\r\n" }
        head += "Connection: close\r\n\r\n"
        return Array((isHead ? head : head + text).utf8)
    }
}

extension Buffer {
    fileprivate func text(_ range: OctetRange) -> String {
        let octets = span
        return String(decoding: range.indices.map { octets[$0] }, as: UTF8.self)
    }
}
