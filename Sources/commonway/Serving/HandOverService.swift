import Foundation
import Proxy
import Reactor
import ServiceLifecycle
import Synchronization

/// Waits for a successor at a path that only this program's owner can reach, and hands the
/// gateway's listeners to the first one that serves. Ends then, and with it the program begins to.
struct HandOverService: Service {
    let gateway: Gateway
    let path: SocketAddress
    let drain: Duration
    /// Told once a successor serves.
    let handedOver: HandedOver
    /// Called once a successor serves, before it is told that it has everything.
    let leaving: @Sendable () -> Void

    /// How often the thread looks whether the program ends, milliseconds.
    private static let lookMs: Int32 = 200

    func run() async throws {
        let (news, end) = AsyncStream.makeStream(of: Void.self)
        let isStopped = StopFlag()
        do throws(SystemError) {
            let listener = HeldListener(try Listener.local(path, isPrivate: true))
            try LoopThread.start(name: "hand-over") {
                wait(on: listener, until: isStopped)
                end.finish()
            }
        } catch {
            Output.trouble(
                "no successor can take over at \(path.path): the system refuses it "
                    + "(errno \(error.code))")
            try? await gracefulShutdown()
            return
        }
        await withGracefulShutdownHandler {
            for await _ in news {}
        } onGracefulShutdown: {
            isStopped.set()
        }
    }

    private func wait(on listener: HeldListener, until isStopped: StopFlag) {
        while !isStopped.isSet {
            guard let connection = listener.accept(atMostMs: Self.lookMs) else { continue }
            // The successor listens here itself once it is told that it may.
            let serves = gateway.handOver(to: connection, drain: drain) {
                listener.close()
                leaving()
            }
            if serves {
                handedOver.set()
                Output.words("a successor serves; this gateway ends with its last request")
                gateway.stop(drain: drain, closesIdle: false)
                return
            }
            Output.trouble("a successor asked for the listeners and did not come to serve")
        }
        // Nobody else listens there now, and the path would only mislead.
        listener.close()
        Listener.removePath(of: path)
    }
}

/// Whether a successor has the listeners.
final class HandedOver: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .sequentiallyConsistent) }

    func set() { value.store(true, ordering: .sequentiallyConsistent) }
}

/// Asks a thread to end.
private final class StopFlag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .sequentiallyConsistent) }

    func set() { value.store(true, ordering: .sequentiallyConsistent) }
}

/// A listener that is closed while another object still names it.
private final class HeldListener: Sendable {
    private let value: Mutex<Listener?>

    init(_ listener: consuming Listener) { value = Mutex(listener) }

    /// A connection, if one comes in time.
    func accept(atMostMs: Int32) -> Socket? {
        value.withLock { listener in
            guard listener?.waitReadable(atMostMs: atMostMs) == true,
                var peer = SocketAddress(numeric: "127.0.0.1", port: 0)
            else { return nil }
            // One that failed before it was accepted is as none.
            return try? listener?.accept(peer: &peer)
        }
    }

    func close() { value.withLock { $0 = nil } }
}
