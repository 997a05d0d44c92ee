import CanonicalJSON
import TransparencyLog

/// That a witness was handed a statement: its hash and a date, and nothing of what it says.
struct SeenStatement: Hashable, Sendable {
    /// Its place in the witness's list, counted from 0 and never used again.
    let index: Int
    /// The statement hash.
    let hash: Digest
    /// The log that it is meant for.
    let origin: String
    /// When it was handed in first, milliseconds since 1970; never falls along the list.
    let t: Int64

    /// The longest line that is read, octets; origins are at most about 1 KiB.
    static let lineOctetsMax = 4_096

    /// As it stands in the list and in its file.
    var value: JSONValue {
        [
            "index": .integer(Int64(index)), "hash": .string(hash.hex), "log": .string(origin),
            "t": .integer(t),
        ]
    }

    init(index: Int, hash: Digest, origin: String, t: Int64) {
        self.index = index
        self.hash = hash
        self.origin = origin
        self.t = t
    }

    /// Reads a line of the file.
    ///
    /// - Throws: ``FormatFault``, ``JSONFault``.
    init(line: some Collection<UInt8>) throws {
        let value = try JSONValue(
            parsing: Array(line), form: .canonical,
            limits: JSONLimits(octetsMax: Self.lineOctetsMax, depthMax: 2))
        var reader = try ObjectReader(value)
        index = Int(try reader.integer("index", in: 0...JSONValue.integerRange.upperBound))
        let text = try reader.string("hash")
        guard let hash = Digest(hex: text) else { throw reader.fault("hash", "is no digest") }
        self.hash = hash
        origin = try reader.string("log")
        t = try reader.integer("t")
        try reader.finish()
    }
}
