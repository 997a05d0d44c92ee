/// Why octets are not a value of the strict profile, and where.
package struct JSONFault: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Kind: Equatable, Sendable {
        /// The text ends inside a value.
        case unexpectedEnd
        /// An octet that cannot stand here.
        case unexpectedOctet(UInt8)
        /// Octets after the value.
        case trailingOctets
        /// A fraction, an exponent, a leading zero, `-0`, or beyond ``JSONValue/integerRange``.
        case notAnInteger
        /// `null`, which the profile does not have.
        case null
        /// A member name that came before in the same object.
        case duplicateName(String)
        /// A member name with an octet outside 0x20…0x7E.
        case nameNotASCII
        /// A malformed escape, or half of a surrogate pair.
        case badEscape
        /// A control octet in a string that is not escaped.
        case controlOctet(UInt8)
        /// Octets that are no UTF-8 (RFC 3629).
        case invalidUTF8
        /// Deeper than the limit given.
        case tooDeep(limit: Int)
        /// Longer than the limit given, octets.
        case tooLong(limit: Int)
        /// The JSON Pointers of all values together are longer than the limit given, octets.
        case placesTooLong(limit: Int)
        /// Well formed, but not the one canonical spelling.
        case notCanonical(Spelling)
    }

    /// What keeps a well-formed text from being canonical.
    package enum Spelling: String, Sendable {
        /// White space between tokens.
        case whiteSpace = "white space"
        /// Members that are not sorted by name.
        case memberOrder = "member order"
        /// An escape where RFC 8785 §3.2.2.2 writes another form.
        case escape
    }

    /// What is wrong.
    package let kind: Kind
    /// The octet, counted from 0, at which it was seen.
    package let offset: Int

    /// A fault at an octet.
    package init(kind: Kind, offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension JSONFault: CustomStringConvertible {
    /// What and where, in words: `octet 12: a member name came twice: "name"`.
    package var description: String { "octet \(offset): \(reason)" }

    /// What is wrong, without the place.
    package var reason: String {
        switch kind {
        case .unexpectedEnd: "the text ends inside a value"
        case .unexpectedOctet(let octet): "unexpected octet 0x" + String(octet, radix: 16)
        case .trailingOctets: "octets after the value"
        case .notAnInteger: "numbers are integers within ±(2^53−1), written plainly"
        case .null: "null is not used; leave the member out"
        case .duplicateName(let name): "a member name came twice: \"\(name)\""
        case .nameNotASCII: "member names are visible ASCII"
        case .badEscape: "malformed escape"
        case .controlOctet(let octet):
            "control octet 0x" + String(octet, radix: 16) + " must be escaped in a string"
        case .invalidUTF8: "not UTF-8"
        case .tooDeep(let limit): "nested deeper than \(limit)"
        case .tooLong(let limit): "longer than \(limit) octets"
        case .placesTooLong(let limit):
            "names so long that all fields' paths take over \(limit) octets"
        case .notCanonical(let spelling): "not canonical (RFC 8785): \(spelling.rawValue)"
        }
    }
}
