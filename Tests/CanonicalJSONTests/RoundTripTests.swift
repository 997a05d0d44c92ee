import CanonicalJSON
import TestKit
import Testing

/// Random values of the profile, and random damage to their text.
struct RandomJSON {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 3 : 5), using: &random) {
        case 0: return .string(text())
        case 1: return .integer(Int64.random(in: JSONValue.integerRange, using: &random))
        case 2: return .bool(Bool.random(using: &random))
        case 3:
            return .array((0..<count()).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<count() { object[name()] = value(depth: depth - 1) }
            return .object(object)
        }
    }

    private mutating func count() -> Int { Int.random(in: 0...4, using: &random) }

    private mutating func name() -> String {
        String(
            decoding: (0..<count()).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) },
            as: UTF8.self)
    }

    private mutating func text() -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<count() {
            let limits: [UInt32] = [0x20, 0x7F, 0x800, 0xD7FF, 0x10_FFFF]
            let limit = limits[Int.random(in: 0..<limits.count, using: &random)]
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &random)) {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// The text with some octets replaced, removed, doubled or put in.
    mutating func damaged(_ octets: [UInt8]) -> [UInt8] {
        let alphabet = Array(" \n\t{}[]:,\"\\/u0189-.eEtrufalsn~é\u{0}\u{7F}".utf8) + [0x80, 0xFF]
        var result = octets
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...result.count, using: &random)
            let octet = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            switch Int.random(in: 0..<3, using: &random) {
            case 0: result.insert(octet, at: place)
            case 1: if place < result.count { result[place] = octet }
            default: if place < result.count { result.remove(at: place) }
            }
        }
        return result
    }
}

@Suite struct RoundTrips {
    @Test(arguments: 0..<300)
    func `what is written canonically is read back as the same value`(seed: Int) throws {
        var random = RandomJSON(seed: UInt64(seed))
        let value = random.value(depth: 5)
        let octets = value.canonicalOctets
        #expect(try JSONValue(parsing: octets, form: .canonical) == value, "seed \(seed)")
        #expect(try JSONValue(parsing: octets, form: .relaxed) == value, "seed \(seed)")
    }

    @Test(arguments: 0..<100)
    func `a member's octets are kept as the member is written`(seed: Int) throws {
        var random = RandomJSON(seed: UInt64(seed))
        var object = JSONObject()
        // The same name stands deeper too.
        object["inner"] = ["sought": random.value(depth: 2)]
        object["list"] = [["sought": random.value(depth: 2)]]
        for name in ["a", "sought", "zz"]
        where name == "sought" || (seed + name.utf8.count).isMultiple(of: 2) {
            object[name] = random.value(depth: 4)
        }
        let (value, member) = try JSONValue.parseCanonical(
            JSONValue.object(object).canonicalOctets, keeping: "sought")
        #expect(value == .object(object), "seed \(seed)")
        #expect(member == object["sought"]?.canonicalOctets, "seed \(seed)")
        object["sought"] = nil
        let without = JSONValue.object(object).canonicalOctets
        #expect(try JSONValue.parseCanonical(without, keeping: "sought").member == nil)
    }

    @Test func `values are the same when their octets are`() {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        #expect(composed == decomposed)
        #expect(JSONValue.string(composed) != .string(decomposed))
        #expect(JSONValue.array([.string(composed)]) != [.string(decomposed)])
        #expect(["a": .string(composed)] as JSONValue != ["a": .string(decomposed)])
        #expect(JSONValue.string(composed) == .string(composed))
        #expect(JSONValue.string("1") != 1)
        #expect(Set([JSONValue.string(composed), .string(decomposed)]).count == 2)
    }

    @Test(arguments: 0..<300)
    func `damaged text never traps, and what is taken has one canonical form`(seed: Int) {
        var random = RandomJSON(seed: UInt64(seed))
        let octets = random.value(depth: 4).canonicalOctets
        for _ in 0..<40 {
            let text = random.damaged(octets)
            let canonical = try? JSONValue(parsing: text, form: .canonical)
            let relaxed = try? JSONValue(parsing: text, form: .relaxed)
            #expect(canonical == nil || canonical == relaxed, "seed \(seed): \(text)")
            #expect(canonical == nil || canonical?.canonicalOctets == text, "seed \(seed): \(text)")
            let again = relaxed.flatMap {
                try? JSONValue(parsing: $0.canonicalOctets, form: .canonical)
            }
            #expect(again == relaxed, "seed \(seed): \(text)")
        }
    }

    @Test(arguments: 0..<60)
    func `a fault stands inside the text or at its end`(seed: Int) {
        var random = RandomJSON(seed: UInt64(seed))
        let octets = random.value(depth: 4).canonicalOctets
        for _ in 0..<40 {
            let text = random.damaged(octets)
            let result = Result { try JSONValue(parsing: text, form: .canonical) }
            let offset = (result.failure as? JSONFault)?.offset ?? 0
            #expect((0...text.count).contains(offset), "seed \(seed): \(text)")
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
