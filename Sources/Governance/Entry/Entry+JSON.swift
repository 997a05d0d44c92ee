package import CanonicalJSON

extension Entry {
    /// Times beyond this are no milliseconds since 1970.
    private static let timeMax: Int64 = 1 << 52

    /// Reads an entry.
    ///
    /// - Throws: ``EntryFault`` when the octets are not canonical JSON or not an entry.
    package init(octets: some Collection<UInt8>) throws(EntryFault) {
        let value: JSONValue
        let statement: [UInt8]?
        do {
            (value, statement) = try JSONValue.parseCanonical(
                octets, keeping: "stmt", limits: .entry)
        } catch {
            throw .notCanonical(error)
        }
        do {
            try self.init(value, statement: statement)
        } catch {
            throw .malformed(error)
        }
    }

    /// Reads an entry from its value.
    ///
    /// - Parameter statement: The canonical octets of its member `stmt`.
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    private init(_ value: JSONValue, statement: [UInt8]?) throws(FormatFault) {
        var reader = try ObjectReader(value)
        guard try reader.integer("v") == 1 else {
            throw reader.fault("v", "expected 1, the only form of entries so far")
        }
        t = try reader.integer("t", in: 0...Self.timeMax)
        let kind = try reader.string("kind")
        body = try Body(kind, &reader, statement)
        self.value = value
        // A claim's further members are compared as a whole with what the rules give.
        if case .claim = body { return }
        try reader.finish()
    }
}

extension Entry.Body {
    fileprivate init(
        _ kind: String, _ reader: inout ObjectReader, _ statement: [UInt8]?
    ) throws(FormatFault) {
        switch kind {
        case "genesis": self = .genesis(try Genesis(&reader))
        case "founders":
            var founders: [Founder] = []
            let elements = try reader.array("members", count: 1...Founder.entryMax)
            for (index, element) in elements.enumerated() {
                founders.append(try Founder(element, at: "/members/\(index)"))
            }
            self = .founders(founders)
        case "statement": self = .statement(try SignedStatement(&reader, canonical: statement))
        case "refuse", "permit": self = .refusal(try OperatorRefusal(kind, &reader))
        case "succeed": self = .succession(try SuccessionStatement.all(&reader))
        default:
            guard let claim = ClaimKind(rawValue: kind) else {
                throw reader.fault("kind", "\"\(kind)\" is not known to this reader")
            }
            let proposal =
                claim.concernsProposal
                ? Int(try reader.integer("proposal", in: 1...Int64(Int32.max))) : nil
            self = .claim(Entry.Claim(kind: claim, proposal: proposal))
        }
    }
}

/// Why octets are no entry.
package enum EntryFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// Not JSON, or not its canonical spelling.
    case notCanonical(JSONFault)
    /// Not one of the objects of `docs/formats.md` §3.
    case malformed(FormatFault)

    /// What and where, in words.
    package var description: String {
        switch self {
        case .notCanonical(let fault): fault.description
        case .malformed(let fault): fault.description
        }
    }
}
