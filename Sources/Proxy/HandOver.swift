package import Reactor
internal import Synchronization

/// How a gateway's process is replaced without refusing a connection: the old one hands its
/// listening sockets to the new one over a Unix-domain path that only their owner can reach.
///
/// ```
/// new  take-over 1          old  listeners N, then N descriptors
/// new  serving              old  draining
/// ```
///
/// Between the two lines both could accept; the new one begins when its table is there. A new
/// process that fails before `serving` changes nothing.
package struct HandOver: ~Copyable {
    private static let request = "take-over 1"
    private static let ready = "serving"
    private static let farewell = "draining"
    private static let announcement = "listeners "

    /// How long a new process may take from its first word until it serves, milliseconds.
    private static let readyMs: Int32 = 120_000

    /// Why nothing was taken over.
    package enum Fault: Error, Sendable, CustomStringConvertible {
        /// Nobody listens at the path.
        case nobody(path: String)
        /// The process there answered otherwise than it should.
        case refused(path: String)
        /// The system's error.
        case system(SystemError)

        /// One sentence for the operator.
        package var description: String {
            switch self {
            case .nobody(let path): "no gateway runs that could be taken over at \(path)"
            case .refused(let path): "the gateway at \(path) did not hand its listeners over"
            case .system(let error): "the system refused: \(error.call), errno \(error.code)"
            }
        }
    }

    /// The sockets; empty once a gateway has them.
    package var listeners: UniqueArray<Listener>
    private let connection: Socket
    private let path: String

    /// Asks the process at a path for its listeners.
    ///
    /// - Throws: `Fault`.
    package init(from address: SocketAddress) throws(Fault) {
        path = address.path
        let connection: Socket
        do throws(SystemError) {
            var isPending = false
            connection = try Socket.connecting(to: address, isPending: &isPending)
        } catch {
            throw .nobody(path: path)
        }
        do throws(SystemError) {
            try ListenerPassing.say(Self.request, over: connection)
        } catch {
            throw .system(error)
        }
        guard let line = ListenerPassing.hear(over: connection),
            line.hasPrefix(Self.announcement),
            let count = Int(line.dropFirst(Self.announcement.count)),
            (1...ListenerPassing.listenersMax).contains(count)
        else { throw .refused(path: path) }
        do throws(SystemError) {
            listeners = try ListenerPassing.take(count, over: connection)
        } catch {
            throw .system(error)
        }
        self.connection = connection
    }

    /// Tells the old process that this one serves, and waits until it has stopped listening.
    ///
    /// - Throws: `Fault` when the old process is gone or does not answer.
    package func complete() throws(Fault) {
        do throws(SystemError) {
            try ListenerPassing.say(Self.ready, over: connection)
        } catch {
            throw .system(error)
        }
        guard ListenerPassing.hear(over: connection) == Self.farewell else {
            throw .refused(path: path)
        }
    }

    /// Serves one successor: hands the listeners over and waits until it serves.
    ///
    /// - Parameters:
    ///   - listeners: what to hand over.
    ///   - leave: stops listening; called once the successor serves and before it is told so.
    /// - Returns: whether the successor serves.
    static func serve(
        _ connection: borrowing Socket, _ listeners: borrowing UniqueArray<Listener>,
        leave: () -> Void
    ) -> Bool {
        do throws(SystemError) {
            guard ListenerPassing.hear(over: connection) == request else { return false }
            try ListenerPassing.say("\(announcement)\(listeners.count)", over: connection)
            try ListenerPassing.pass(listeners, over: connection)
            guard ListenerPassing.hear(over: connection, atMostMs: readyMs) == ready else {
                return false
            }
            leave()
            try ListenerPassing.say(farewell, over: connection)
        } catch {
            // A successor that went away before it said that it serves took nothing; one that
            // went away after may be serving, and the listeners are with it.
        }
        return true
    }
}
