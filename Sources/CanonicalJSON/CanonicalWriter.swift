/// Writes canonical JSON (RFC 8785) straight into octets.
///
/// For what is large, often written and never read as a value, such as the whole state behind a
/// digest: a value of it would only be built to be written once. The caller gives the members of an
/// object by ascending name, each once; ``JSONValue/init(parsing:form:limits:)`` refuses what is
/// not written so.
package struct CanonicalWriter {
    /// What was written so far.
    package private(set) var octets: [UInt8] = []
    /// Whether something stands before the next name or value in the same array or object.
    private var needsComma = false

    /// Nothing written yet.
    package init() {}

    /// Writes an object.
    package mutating func object(_ members: (inout CanonicalWriter) -> Void) {
        open(UInt8(ascii: "{"))
        members(&self)
        close(UInt8(ascii: "}"))
    }

    /// Writes an array.
    package mutating func array(_ elements: (inout CanonicalWriter) -> Void) {
        open(UInt8(ascii: "["))
        elements(&self)
        close(UInt8(ascii: "]"))
    }

    /// Writes an array of what stands in a sequence.
    @inlinable
    package mutating func array<Elements: Sequence>(
        of elements: Elements, _ write: (inout CanonicalWriter, Elements.Element) -> Void
    ) {
        array { writer in for element in elements { write(&writer, element) } }
    }

    /// Writes the name of a member, whose value comes next.
    package mutating func name(_ name: String) {
        separate()
        JSONValue.write(name, to: &octets)
        octets.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string.
    package mutating func string(_ string: String) {
        separate()
        JSONValue.write(string, to: &octets)
    }

    /// Writes a string of octets that stand in JSON as they are: hexadecimal digits, base64, names.
    package mutating func string(plain text: [UInt8]) {
        separate()
        octets.append(UInt8(ascii: "\""))
        octets.append(contentsOf: text)
        octets.append(UInt8(ascii: "\""))
    }

    /// Writes an integer within ``JSONValue/integerRange``.
    package mutating func integer(_ integer: Int64) {
        separate()
        JSONValue.write(integer, to: &octets)
    }

    /// Writes a number of something.
    package mutating func integer(_ number: Int) { integer(Int64(number)) }

    /// Writes `true` or `false`.
    package mutating func bool(_ bool: Bool) {
        separate()
        octets.append(contentsOf: (bool ? "true" : "false").utf8)
    }

    /// Writes a value.
    package mutating func value(_ value: JSONValue) {
        separate()
        value.write(to: &octets)
    }

    /// Writes what is canonical JSON already: a value, or several with commas between them.
    package mutating func written(_ octets: ArraySlice<UInt8>) {
        separate()
        self.octets.append(contentsOf: octets)
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        octets.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        octets.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { octets.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
