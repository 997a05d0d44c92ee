import CanonicalJSON

/// Durations as Gateway API spells them (GEP-2257): `1h`, `30m`, `10s`, `500ms`, combined.
enum RouteDuration {
    /// What a duration must look like, in words.
    static let expectation = "a duration such as 10s, 500ms or 1h30m"

    /// The longest that a bound of a route may be: a day, milliseconds.
    static let mostMs = 24 * 3_600_000

    /// Reads a duration.
    ///
    /// - Returns: milliseconds; `nil` unless it is 1 to 4 numbers of 1 to 5 digits, each with its
    ///   unit, without spaces.
    static func milliseconds(_ text: String) -> Int? {
        var rest = Substring(text)
        var total = 0
        var parts = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            parts += 1
            guard (1...5).contains(digits.count), let number = Int(digits), parts <= 4,
                let factor = ["h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1][unit]
            else { return nil }
            total += number * factor
        }
        return parts == 0 ? nil : total
    }
}

extension FieldReader {
    /// A member that must be a duration of at most a day, when it is there; milliseconds.
    func durationMs(_ name: String) throws(DocumentFault) -> Int? {
        guard let text = try string(name) else { return nil }
        guard let milliseconds = RouteDuration.milliseconds(text) else {
            throw fault(
                name, "\(text.debugDescription) is no duration",
                expected: RouteDuration.expectation)
        }
        guard milliseconds <= RouteDuration.mostMs else {
            throw fault(name, "\(text) is out of range", expected: "at most 24h")
        }
        return milliseconds
    }
}

extension HTTPRoute.Timeouts {
    /// Reads `timeouts`.
    static func read(from fields: FieldReader) throws(DocumentFault) -> HTTPRoute.Timeouts {
        try fields.allow(["request", "backendRequest"])
        let request = try fields.durationMs("request")
        let backendRequest = try fields.durationMs("backendRequest")
        if let request, let backendRequest, request > 0, backendRequest > request {
            throw fields.fault(
                "backendRequest", "it is longer than request",
                expected: "at most request, which bounds the whole exchange")
        }
        return HTTPRoute.Timeouts(requestMs: request, backendRequestMs: backendRequest)
    }
}

extension HTTPRoute.Retry {
    /// The most retries: each is load on backends that already fail.
    private static let attemptsMax = 10
    /// The most statuses.
    private static let codesMax = 32
    /// The longest first pause, milliseconds.
    private static let backoffMaxMs = 60_000

    /// Reads `retry`.
    static func read(from fields: FieldReader) throws(DocumentFault) -> HTTPRoute.Retry {
        try fields.allow(["attempts", "codes", "backoff"])
        var codes: [Int] = []
        for (value, pointer) in try fields.elements("codes", limit: codesMax) ?? [] {
            guard let code = value.integer.flatMap({ Int(exactly: $0) }),
                (400...599).contains(code), !codes.contains(code)
            else {
                throw DocumentFault(
                    pointer: pointer, reason: "\(value.canonicalText) is no status to retry",
                    expected: "400 to 599, each once")
            }
            codes.append(code)
        }
        let backoff = try fields.durationMs("backoff") ?? 0
        guard backoff <= backoffMaxMs else {
            throw fields.fault("backoff", "a long backoff", expected: "at most 1m")
        }
        return HTTPRoute.Retry(
            attempts: try fields.integer("attempts", in: 0...attemptsMax) ?? 1, codes: codes,
            backoffMs: backoff)
    }
}
