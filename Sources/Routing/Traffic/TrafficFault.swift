package import CanonicalJSON

/// Why octets are no summary of traffic.
package enum TrafficFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// They are no JSON.
    case text(JSONFault)
    /// They are JSON and something else.
    case format(FormatFault)

    /// What is wrong, and where.
    package var description: String {
        switch self {
        case .text(let fault): "\(fault)"
        case .format(let fault): fault.description
        }
    }
}
