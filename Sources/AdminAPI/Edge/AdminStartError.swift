/// Why the API did not start.
package enum AdminStartError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The address can be reached from elsewhere, and nothing in front ends TLS.
    case notLoopback(address: String)
    /// The pages could not be read.
    case pages(folder: String, reason: String)

    /// What is wrong, and what to do next.
    package var description: String {
        switch self {
        case .notLoopback(let address):
            "\(address) can be reached from other machines, and passwords would cross the network "
                + "in the clear; put TLS in front and say --behind-tls, or use 127.0.0.1"
        case .pages(let folder, let reason):
            "the pages in \(folder) cannot be served: \(reason)"
        }
    }
}
