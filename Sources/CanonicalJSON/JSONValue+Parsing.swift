extension JSONValue {
    /// Which spellings a text may have.
    package enum Form: Sendable {
        /// The one canonical spelling: what is signed, hashed or logged.
        case canonical
        /// Any white space, escapes and member order: what a person or another program sends.
        case relaxed
    }

    /// Reads a text of the strict profile.
    ///
    /// - Throws: ``JSONFault`` with the octet at which the text leaves the profile.
    /// - Complexity: O(length), and O(n log n) in the members of an object out of order.
    package init(
        parsing octets: some Collection<UInt8>, form: Form, limits: JSONLimits = .document
    ) throws(JSONFault) {
        var parser = JSONParser(
            octets: Array(octets), form: form, limits: limits, notesPlaces: false)
        self = try parser.parseText()
    }

    /// Reads a text in the one canonical spelling, and keeps how one of its members is spelled.
    ///
    /// - Parameter name: A member of the whole value, if that is an object.
    /// - Returns: The value, and the canonical octets of that member; `nil` when there is none.
    /// - Throws: ``JSONFault`` with the octet at which the text leaves the profile.
    package static func parseCanonical(
        _ octets: some Collection<UInt8>, keeping name: String, limits: JSONLimits = .document
    ) throws(JSONFault) -> (value: JSONValue, member: [UInt8]?) {
        let octets = Array(octets)
        var parser = JSONParser(
            octets: octets, form: .canonical, limits: limits, notesPlaces: false, sought: name)
        let value = try parser.parseText()
        return (value, parser.found.map { Array(octets[$0]) })
    }

    /// The octets that all JSON Pointers of a text may take together when places are noted: one
    /// long name over many values would otherwise make a small text fill the memory.
    package static let placesOctetsMax = 16 << 20

    /// Reads a text and tells where each value stood.
    ///
    /// - Returns: The value, and for every value in it the offset of its first octet, by its JSON
    ///   Pointer (RFC 6901); the whole value's pointer is the empty string.
    /// - Throws: ``JSONFault`` with the octet at which the text leaves the profile.
    package static func parseNotingPlaces(
        _ octets: some Collection<UInt8>, limits: JSONLimits = .document
    ) throws(JSONFault) -> (value: JSONValue, offsets: [String: Int]) {
        var parser = JSONParser(
            octets: Array(octets), form: .relaxed, limits: limits, notesPlaces: true)
        let value = try parser.parseText()
        return (value, parser.offsets)
    }

    /// One step of a JSON Pointer, with the escapes of RFC 6901 §3.
    package static func pointerStep(_ name: String) -> String {
        var step = "/"
        for character in name {
            switch character {
            case "~": step += "~0"
            case "/": step += "~1"
            default: step.append(character)
            }
        }
        return step
    }
}
