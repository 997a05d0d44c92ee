internal import Reactor

/// What a rule's filters, timeouts and retries, and those of one of its backendRefs, do to a
/// request together: laid out once for a table, so that a request only reads it.
///
/// Ranges without element stand for nothing to do; numbers below 0 for none.
struct FilterProgram {
    /// What happens to the path.
    enum Path {
        case kept
        /// All of it is `path`.
        case full
        /// The prefix that fitted becomes `path`.
        case prefix
    }

    /// Request fields whose lines do not go on, as places in the names.
    var requestDrops = 0..<0
    /// The lines that the request gets, as they are written.
    var requestLines = 0..<0
    /// Response fields whose lines do not go on, as places in the names.
    var responseDrops = 0..<0
    /// The lines that the response gets, as they are written.
    var responseLines = 0..<0

    /// What the endpoint is told as `Host`.
    var host = 0..<0
    var pathChange = Path.kept
    var path = 0..<0

    /// A place in the redirects.
    var redirect = -1
    /// A place in the policies.
    var cors = -1
    /// Places in the mirrors, each with a program of its own.
    var mirrors = 0..<0

    /// It sends a secret that this gateway does not hold.
    var lacksSecret = false

    /// The route's limit for the whole exchange; 0 for none.
    var requestMs: Int64 = 0
    /// The route's limit for each try; 0 for none.
    var tryMs: Int64 = 0
    /// The route's limit for the first octet of an answer; 0 for the gateway's own.
    var firstOctetMs: Int64 = 0

    /// How many more tries the route allows.
    var retries = 0
    /// The pause before the first of them.
    var backoffMs: Int64 = 0
    /// Statuses that are tried again, as places in the codes.
    var retryCodes = 0..<0
}

/// A redirect as its `Location` is put together.
struct ServedRedirect {
    let status: Int
    /// `http` or `https`; empty: the one that was asked.
    let scheme: Range<Int>
    /// Empty: the one that was asked.
    let host: Range<Int>
    /// 0: the scheme's when that was given, else the one that was asked.
    let port: Int
    /// A header filter takes `Location` away.
    let isWithoutLocation: Bool
}

/// A CORS policy as its lines are put together.
struct ServedPolicy {
    /// One allowed origin.
    struct Origin {
        /// All of it, or what it begins with.
        let start: Range<Int>
        /// What it ends with; empty for an exact one.
        let ending: Range<Int>
    }

    let allowsAll: Bool
    let origins: Range<Int>
    let credentials: Bool
    /// Every origin gets the same answer.
    let answersAlike: Bool
    /// The lines of an answer that scripts may read.
    let exposed: Range<Int>
    /// The lines of a preflight's answer that are always the same.
    let preflight: Range<Int>
    /// The methods asked for are allowed, and named.
    let echoesMethod: Bool
    /// The fields asked for are allowed, and named.
    let echoesHeaders: Bool
}

/// A mirror as a loop serves it.
struct ServedMirror {
    /// The endpoints that get copies, as a place in the table's groups.
    let group: Int
    /// What the filters before it do to the copy.
    let program: Int
    /// Of so many requests…
    var turn: WeightedTurn
    /// …this many are copied.
    let numerator: UInt64
}
