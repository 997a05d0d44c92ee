/// How much JSON is read at most; what comes from outside is bounded before it is parsed.
package struct JSONLimits: Sendable {
    /// The longest text, octets.
    package let octetsMax: Int
    /// The deepest nesting: a scalar has depth 0, `[]` depth 1.
    package let depthMax: Int

    /// Limits of one's own.
    package init(octetsMax: Int, depthMax: Int) {
        self.octetsMax = octetsMax
        self.depthMax = depthMax
    }

    /// One log entry: its length must fit the two octets of an entry bundle (C2SP tlog-tiles).
    package static let entry = JSONLimits(octetsMax: 65_535, depthMax: 32)

    /// One file or request body that a person sends.
    package static let document = JSONLimits(octetsMax: 1 << 20, depthMax: 32)

    /// The state of a whole community, which this program wrote itself.
    package static let snapshot = JSONLimits(octetsMax: 1 << 30, depthMax: 32)
}
