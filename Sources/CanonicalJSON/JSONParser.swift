/// A recursive-descent parser of the strict profile; depth is bounded before it recurses.
struct JSONParser {
    /// Room for as many members as most objects have: entries, statements and documents.
    private static let membersExpected = 8

    private let octets: [UInt8]
    private let form: JSONValue.Form
    private let limits: JSONLimits
    private let notesPlaces: Bool
    private var position = 0
    private var pointer = ""
    /// Where each value began, by JSON Pointer; empty unless places are noted.
    private(set) var offsets: [String: Int] = [:]
    /// What the names in `offsets` take together.
    private var placesOctets = 0
    private let sought: String?
    /// Where the value of the sought member of the outermost object stands.
    private(set) var found: Range<Int>?

    /// - Parameter sought: The name of a member of the outermost object.
    init(
        octets: [UInt8], form: JSONValue.Form, limits: JSONLimits, notesPlaces: Bool,
        sought: String? = nil
    ) {
        self.sought = sought
        self.octets = octets
        self.form = form
        self.limits = limits
        self.notesPlaces = notesPlaces
    }

    /// Reads exactly one value.
    mutating func parseText() throws(JSONFault) -> JSONValue {
        guard octets.count <= limits.octetsMax else {
            throw JSONFault(kind: .tooLong(limit: limits.octetsMax), offset: limits.octetsMax)
        }
        try skipWhiteSpace()
        let value = try parseValue(depth: 0)
        try skipWhiteSpace()
        guard position == octets.count else { throw fault(.trailingOctets) }
        return value
    }

    private func fault(_ kind: JSONFault.Kind, at offset: Int? = nil) -> JSONFault {
        JSONFault(kind: kind, offset: offset ?? position)
    }

    private func peek() throws(JSONFault) -> UInt8 {
        guard position < octets.count else { throw fault(.unexpectedEnd) }
        return octets[position]
    }

    private mutating func skipWhiteSpace() throws(JSONFault) {
        while position < octets.count {
            switch octets[position] {
            case 0x20, 0x09, 0x0A, 0x0D:
                guard form == .relaxed else { throw fault(.notCanonical(.whiteSpace)) }
                position += 1
            default: return
            }
        }
    }

    private mutating func parseValue(depth: Int) throws(JSONFault) -> JSONValue {
        if notesPlaces { try notePlace() }
        switch try peek() {
        case UInt8(ascii: "{"): return try parseObject(depth: depth + 1)
        case UInt8(ascii: "["): return try parseArray(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"):
            try take("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try take("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            let start = position
            try take("null")
            throw fault(.null, at: start)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseInteger()
        case let octet: throw fault(.unexpectedOctet(octet))
        }
    }

    private mutating func notePlace() throws(JSONFault) {
        placesOctets += pointer.utf8.count
        guard placesOctets <= JSONValue.placesOctetsMax else {
            throw fault(.placesTooLong(limit: JSONValue.placesOctetsMax))
        }
        offsets[pointer] = position
    }

    private mutating func take(_ word: StaticString) throws(JSONFault) {
        for octet in "\(word)".utf8 {
            guard try peek() == octet else { throw fault(.unexpectedOctet(try peek())) }
            position += 1
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= limits.depthMax else { throw fault(.tooDeep(limit: limits.depthMax)) }
        position += 1
        var members: [JSONObject.Member] = []
        var names: [(name: String, offset: Int)] = []
        try skipWhiteSpace()
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return .object(JSONObject())
        }
        members.reserveCapacity(Self.membersExpected)
        while true {
            let (name, offset) = try parseName()
            if form == .canonical, let last = members.last {
                try checkOrder(last.name, name, offset: offset)
            }
            if form == .relaxed { names.append((name, offset)) }
            try skipWhiteSpace()
            try expect(UInt8(ascii: ":"))
            try skipWhiteSpace()
            let parent = pointer
            if notesPlaces { pointer += JSONValue.pointerStep(name) }
            let start = position
            members.append(JSONObject.Member(name: name, value: try parseValue(depth: depth)))
            if depth == 1, name == sought { found = start..<position }
            pointer = parent
            try skipWhiteSpace()
            if try peek() == UInt8(ascii: "}") { break }
            try expect(UInt8(ascii: ","))
            try skipWhiteSpace()
        }
        position += 1
        if form == .canonical { return .object(JSONObject(ascending: members)) }
        guard let object = JSONObject(members) else { throw duplicate(in: names) }
        return .object(object)
    }

    private mutating func parseName() throws(JSONFault) -> (String, Int) {
        let offset = position
        guard try peek() == UInt8(ascii: "\"") else { throw fault(.unexpectedOctet(try peek())) }
        let name = try parseString()
        guard name.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw fault(.nameNotASCII, at: offset)
        }
        return (name, offset)
    }

    private func checkOrder(_ last: String, _ name: String, offset: Int) throws(JSONFault) {
        if last == name { throw fault(.duplicateName(name), at: offset) }
        // Names are ASCII, so that this is the order of their octets.
        guard last < name else {
            throw fault(.notCanonical(.memberOrder), at: offset)
        }
    }

    private func duplicate(in names: [(name: String, offset: Int)]) -> JSONFault {
        var seen: Set<String> = []
        for (name, offset) in names where !seen.insert(name).inserted {
            return fault(.duplicateName(name), at: offset)
        }
        preconditionFailure("members that cannot be sorted strictly have a repeated name")
    }

    private mutating func expect(_ octet: UInt8) throws(JSONFault) {
        let found = try peek()
        guard found == octet else { throw fault(.unexpectedOctet(found)) }
        position += 1
    }

    private mutating func parseArray(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= limits.depthMax else { throw fault(.tooDeep(limit: limits.depthMax)) }
        position += 1
        var elements: [JSONValue] = []
        try skipWhiteSpace()
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        while true {
            let parent = pointer
            if notesPlaces { pointer += "/\(elements.count)" }
            elements.append(try parseValue(depth: depth))
            pointer = parent
            try skipWhiteSpace()
            if try peek() == UInt8(ascii: "]") { break }
            try expect(UInt8(ascii: ","))
            try skipWhiteSpace()
        }
        position += 1
        return .array(elements)
    }

    /// Reads `-?(0|[1-9][0-9]*)` within the profile's range; anything that makes it a fraction or
    /// an exponent is refused at the number's start.
    private mutating func parseInteger() throws(JSONFault) -> JSONValue {
        let start = position
        let negative = octets[position] == UInt8(ascii: "-")
        if negative { position += 1 }
        let digitsStart = position
        var magnitude: Int64 = 0
        while position < octets.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = octets[position]
        {
            // 17 digits stay far below 2^63, and 16 are all that the range needs.
            guard position - digitsStart < 17 else { throw fault(.notAnInteger, at: start) }
            magnitude = magnitude * 10 + Int64(octets[position] - UInt8(ascii: "0"))
            position += 1
        }
        let digits = position - digitsStart
        if digits == 0 {
            guard position < octets.count else { throw fault(.unexpectedEnd) }
            throw fault(.notAnInteger, at: start)
        }
        let leadingZero = digits > 1 && octets[digitsStart] == UInt8(ascii: "0")
        let value = negative ? -magnitude : magnitude
        guard !leadingZero, !(negative && magnitude == 0), JSONValue.integerRange.contains(value),
            !atFractionOrExponent
        else { throw fault(.notAnInteger, at: start) }
        return .integer(value)
    }

    private var atFractionOrExponent: Bool {
        guard position < octets.count else { return false }
        return [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(octets[position])
    }

    private mutating func parseString() throws(JSONFault) -> String {
        let start = position
        position = endOfPlain(from: start + 1)
        if try peek() == UInt8(ascii: "\"") {
            // Nothing to unescape, as in nearly all of them: no copy but the string.
            position += 1
            return try string(octets.span.extracting(start + 1..<position - 1), at: start)
        }
        var text = Array(octets[start + 1..<position])
        while true {
            switch try peek() {
            case UInt8(ascii: "\""):
                position += 1
                return try string(text.span, at: start)
            case UInt8(ascii: "\\"): try parseEscape(into: &text)
            case let octet where octet < 0x20: throw fault(.controlOctet(octet))
            case let octet:
                text.append(octet)
                position += 1
            }
        }
    }

    /// Where what stands in a string as it is ends: at its end, an escape or what may not be there.
    private func endOfPlain(from start: Int) -> Int {
        var end = start
        while end < octets.count {
            let octet = octets[end]
            if octet < 0x20 || octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") { break }
            end += 1
        }
        return end
    }

    private func string(_ text: Span<UInt8>, at start: Int) throws(JSONFault) -> String {
        guard let valid = try? UTF8Span(validating: text) else {
            throw fault(.invalidUTF8, at: start)
        }
        return String(copying: valid)
    }

    private mutating func parseEscape(into text: inout [UInt8]) throws(JSONFault) {
        let start = position
        position += 1
        let letter = try peek()
        position += 1
        if letter != UInt8(ascii: "u") {
            guard let octet = Escape.octet(for: letter) else { throw fault(.badEscape, at: start) }
            if form == .canonical, letter == UInt8(ascii: "/") {
                throw fault(.notCanonical(.escape), at: start)
            }
            text.append(octet)
            return
        }
        let scalar = try parseScalar(escapeStart: start)
        if form == .canonical { try checkCanonicalEscape(of: scalar, start: start) }
        text.append(contentsOf: String(Character(scalar)).utf8)
    }

    /// Reads the four digits after `\u`, and the second half of a surrogate pair.
    private mutating func parseScalar(escapeStart: Int) throws(JSONFault) -> Unicode.Scalar {
        let unit = try parseCodeUnit(escapeStart: escapeStart)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard (0xD800...0xDBFF).contains(unit), position + 1 < octets.count,
            octets[position] == UInt8(ascii: "\\"), octets[position + 1] == UInt8(ascii: "u")
        else { throw fault(.badEscape, at: escapeStart) }
        position += 2
        let low = try parseCodeUnit(escapeStart: escapeStart)
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(
                0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
        else { throw fault(.badEscape, at: escapeStart) }
        return scalar
    }

    private mutating func parseCodeUnit(escapeStart: Int) throws(JSONFault) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Escape.hexValue(try peek()) else {
                throw fault(.badEscape, at: escapeStart)
            }
            unit = unit << 4 | digit
            position += 1
        }
        return unit
    }

    /// Canonical text escapes by `\u` only the controls without a letter, in lower-case digits.
    private func checkCanonicalEscape(of scalar: Unicode.Scalar, start: Int) throws(JSONFault) {
        let isControl = scalar.value < 0x20 && Escape.letter(for: UInt8(scalar.value)) == nil
        let lowerCase = octets[start..<position].allSatisfy { !(0x41...0x46).contains($0) }
        guard isControl, lowerCase else { throw fault(.notCanonical(.escape), at: start) }
    }
}
