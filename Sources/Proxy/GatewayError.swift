package import Reactor

/// Why a gateway did not start.
package enum GatewayError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Another socket has the address.
    case addressInUse(SocketAddress)
    /// The address cannot be listened on; the errno.
    case cannotListen(SocketAddress, errno: Int32)
    /// The configuration makes no sense.
    case configuration(ConfigurationFault)
    /// The system gave no descriptor, thread or epoll instance.
    case system(SystemError)

    /// What is wrong with a configuration.
    package enum ConfigurationFault: Equatable, Sendable {
        case noListener
        /// 1...256 are allowed.
        case loopCount(Int)
    }

    /// One sentence for the operator.
    package var description: String {
        switch self {
        case .addressInUse(let address):
            "the address \(address.description) is in use by another socket"
        case .cannotListen(let address, let errno):
            "cannot listen on \(address.description) (errno \(errno))"
        case .configuration(.noListener):
            "no address to listen on was given"
        case .configuration(.loopCount(let count)):
            "\(count) loops were asked for; 1 to 256 are possible"
        case .system(let error):
            "the system refused: \(error.call), errno \(error.code)"
        }
    }
}
