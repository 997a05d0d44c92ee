import HTTP1

/// How the octets of a message arrive: what is made of them must not depend on it.
enum Arrival {
    case whole
    case octetByOctet
    /// In two pieces, the first of so many octets.
    case split(Int)

    /// How many octets are there at each call of a parser.
    func counts(of count: Int) -> StrideThrough<Int> {
        switch self {
        case .whole: stride(from: count, through: count, by: 1)
        case .octetByOctet: stride(from: 0, through: count, by: 1)
        case .split(let first): stride(from: first, through: count, by: max(1, count - first))
        }
    }

    /// The ways to be compared with ``whole``.
    static func others(_ choices: Choices, of count: Int) -> [Arrival] {
        [.octetByOctet, .split(choices.place(in: count))]
    }

    /// Checks that a message ended neither before nor behind its last octet.
    func requireEnd(at octetCount: Int, arrived: Int) throws(Broken) {
        switch self {
        case .octetByOctet:
            try requireEqual(octetCount, arrived, "a message is complete with its last octet")
        case .whole, .split:
            try require(
                octetCount <= arrived, "a message of \(octetCount) octets ended after \(arrived)")
        }
    }

    /// Checks that what is refused has arrived.
    func requirePlace(of error: MessageError, arrived: Int) throws(Broken) {
        try require(
            error.offset >= 0 && error.offset <= arrived,
            "\(error), of \(arrived) octets that have arrived")
    }
}
