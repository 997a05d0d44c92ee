/// What requests have in common that are counted as one.
///
/// No path, query or address: reset tokens and names live in them.
package struct TrafficKind: Hashable, Sendable {
    /// How requests ended, as far as it is counted.
    package enum Status: Int, Hashable, Sendable, CaseIterable {
        /// The client went away before it was given a status.
        case none = 0
        /// 1xx: the connection changed its protocol.
        case informational
        /// 2xx.
        case successful
        /// 3xx.
        case redirection
        /// 4xx.
        case clientError
        /// 5xx.
        case serverError
    }

    /// The beginning of the digest of the table that decided them, 16 hexadecimal digits as
    /// `Commonway-Route` cites them; empty where it is not known any more. Under another table a
    /// rule of the same name may have taken other requests.
    package let table: String
    /// `route/rule`; empty where no rule fitted; ``otherRule`` where there was no room for it.
    package let rule: String
    /// The host in lower case, without port; empty for none, and where there was no room for it.
    package let host: String
    /// One of ``methods``; empty for any other.
    package let method: String
    /// How they ended.
    package let status: Status

    /// What stands for a rule that there was no room for; no label is without a slash.
    package static let otherRule = "other"

    /// The methods that are told apart: those of RFC 9110 and 5789.
    package static let methods = [
        "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
    ]

    /// How many digits of a table's digest are kept: as many as a citation has.
    package static let tableDigits = CitationWriter.tableDigits

    /// The most octets of a host that is kept; longer ones are counted as none. Of these a loop has
    /// room for some hundreds.
    package static let hostOctetsMax = 64

    /// The most octets of a rule's label that is kept: two names with a slash fit.
    package static let ruleOctetsMax = 511

    /// A kind of requests.
    package init(table: String, rule: String, host: String, method: String, status: Status) {
        self.table = table
        self.rule = rule
        self.host = host
        self.method = method
        self.status = status
    }

    /// Whether an octet may stand in a host that is kept: those of names and of literal addresses,
    /// in lower case. What a client sends as its host may hold any.
    @inlinable
    package static func isHostOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
            UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }

    /// The same requests without their host.
    var withoutHost: TrafficKind {
        TrafficKind(table: table, rule: rule, host: "", method: method, status: status)
    }

    /// The same requests, of which hardly anything is told.
    var other: TrafficKind {
        TrafficKind(table: "", rule: Self.otherRule, host: "", method: method, status: status)
    }
}

extension TrafficKind: Comparable {
    /// By table, rule, host, method and status.
    package static func < (left: TrafficKind, right: TrafficKind) -> Bool {
        (left.table, left.rule, left.host, left.method, left.status.rawValue)
            < (right.table, right.rule, right.host, right.method, right.status.rawValue)
    }
}
