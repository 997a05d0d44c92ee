/// Why octets are no sequence of SSH fields (RFC 4251 §5), and where.
package struct WireFault: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Kind: Equatable, Sendable {
        /// A length or a field goes beyond the end.
        case truncated
        /// Octets follow the last field.
        case trailingOctets(count: Int)
    }

    /// What is wrong.
    package let kind: Kind
    /// The octet, counted from 0, at which it was seen.
    package let offset: Int

    /// Names a fault and its place.
    package init(kind: Kind, offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension WireFault: CustomStringConvertible {
    /// What and where, in words.
    package var description: String {
        switch kind {
        case .truncated: "octet \(offset): the field goes beyond the end"
        case .trailingOctets(let count): "octet \(offset): \(count) octets too many"
        }
    }
}
